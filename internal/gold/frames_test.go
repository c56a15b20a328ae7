package gold_test

import (
	"strings"
	"testing"

	"parallax/internal/gold"
)

func TestReadFrames(t *testing.T) {
	lines := write(t, "framed.jsonl", `{"id":"1","text":"A tax.","genre":"opinion","split":"dev","frames":["Economic","Policy_prescription_and_evaluation","Economic"]}
{"id":"2","text":"No label."}
{"id":"3","text":"Nothing is taken up.","frames":[]}
`)
	got, err := gold.ReadFrames(lines, nil)
	if err != nil || len(got) != 2 {
		t.Fatalf("%v, %v", got, err)
	}
	if f := got[0]; strings.Join(f.Frames, " ") != "economic policy_prescription_and_evaluation" || f.Kind != "opinion" || f.Split != "dev" || f.Single {
		t.Errorf("%+v", f)
	}
	if len(got[1].Frames) != 0 || got[1].ID != "3" {
		t.Errorf("%+v", got[1])
	}
	one, err := gold.ReadFrames(write(t, "one.jsonl", `{"id":"1","text":"A gun.","frame1":2,"frame2":3}
{"id":"2","text":"A tax.","frame":"Economic Frame"}
{"id":"3","text":"None.","frame1":null}
`), nil)
	if err != nil || len(one) != 2 || !one[0].Single || one[0].Frames[0] != "2" || one[1].Frames[0] != "economic_frame" {
		t.Errorf("%+v, %v", one, err)
	}
}

func TestReadFrameLabels(t *testing.T) {
	texts := write(t, "articles.jsonl", `{"id":"x","title":"Früher","text":"Müde. The tax rose."}
{"id":"y","title":"t","text":"Unlabelled."}
`)
	got, err := gold.ReadFrames(write(t, "frames.tsv", "# labels\narticle\tread\tkind\tframes\nx\t5\tnews\teconomic political\n"), []string{texts})
	if err != nil || len(got) != 1 {
		t.Fatalf("%v, %v", got, err)
	}
	if f := got[0]; f.Title != "Früher" || f.Text != "Müde." || f.Kind != "news" || len(f.Frames) != 2 {
		t.Errorf("%+v", f)
	}
}

func TestReadFramesSaysWhatIsWrong(t *testing.T) {
	texts := write(t, "articles.jsonl", `{"id":"x","title":"t","text":"The pier is shut."}`)
	head := "article\tread\tkind\tframes\n"
	for _, c := range []struct{ name, data, want string }{
		{"a.jsonl", `{"id":"1"`, "a.jsonl:1: "},
		{"a.jsonl", `{"id":"1","text":"x"}`, "no texts with frames"},
		{"a.tsv", head + "x\t99\tnews\teconomic\n", "a.tsv:2: article x is shorter than 99"},
		{"a.tsv", head + "y\t9\tnews\teconomic\n", "a.tsv:2: article y is not in"},
		{"a.tsv", head + "x\tall\tnews\teconomic\n", "a.tsv:2: "},
		{"a.tsv", head + "x\t9\tnews\n", "a.tsv:2: 3 columns"},
	} {
		_, err := gold.ReadFrames(write(t, c.name, c.data), []string{texts})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.data, err, c.want)
		}
	}
}
