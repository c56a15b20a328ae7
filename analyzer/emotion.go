package analyzer

// Emotion finds words that name a feeling or call one up. The note says which:
// anger, fear, sadness, joy or disgust (Ekman 1992).
func Emotion() Detector {
	return experimental(fromLexicon("emotion", "Words that name a feeling or call one up: anger, fear, sadness, joy or disgust, named in the note (Ekman 1992). It says nothing of what a writer felt.", notDenied))
}
