// Goes through the highlights of a text and switches their families off and on.
// Without it everything can still be read, and each highlight still opens.
"use strict";
(() => {
  const reading = document.querySelector(".reading");
  if (!reading) return;
  const codes = [...document.querySelectorAll("button.code[id^='at-']")]; // in reading order
  const off = new Set();
  const boxes = [...reading.querySelectorAll(".legend input")];
  const walk = reading.querySelector(".walk");
  let here = null;

  const visible = () => codes.filter((c) => !off.has(c.dataset.family));

  function told() {
    const all = visible();
    const at = all.indexOf(here);
    walk.querySelector("output").textContent = (at < 0 ? "" : at + 1 + " of ") + all.length + (off.size ? " shown" : "");
  }

  // A mark may have several families; it keeps the look of those that are on.
  function paint() {
    for (const mark of document.querySelectorAll("mark[data-families]")) {
      const on = mark.dataset.families.split(" ").filter((f) => !off.has(f));
      for (const f of mark.dataset.families.split(" ")) mark.classList.toggle("c-" + f, on.includes(f));
      mark.classList.toggle("off", on.length === 0);
    }
    for (const c of codes) c.hidden = off.has(c.dataset.family);
    for (const group of document.querySelectorAll(".codes")) {
      const n = [...group.children].filter((c) => !c.hidden).length;
      for (const e of [group, group.previousElementSibling]) {
        e.classList.remove("k0", "k1", "k2", "k3", "k4", "k5", "k6");
        e.classList.add("k" + Math.min(n, 6));
      }
    }
    for (const row of reading.querySelectorAll(".highlights li")) row.hidden = off.has(row.dataset.family);
    if (here && here.hidden) here = null;
    told();
  }

  function toggle(box) {
    if (box.checked) off.delete(box.dataset.family);
    else off.add(box.dataset.family);
  }

  // The next highlight is the one after that which was last opened or has focus.
  function go(step) {
    const all = visible();
    if (all.length === 0) return;
    const from = all.indexOf(codes.includes(document.activeElement) ? document.activeElement : here);
    open(all[from < 0 ? (step > 0 ? 0 : all.length - 1) : (from + step + all.length) % all.length]);
  }

  function open(code) {
    here = code;
    code.scrollIntoView({ block: "center" });
    code.focus({ preventScroll: true });
    const card = document.getElementById(code.getAttribute("popovertarget"));
    if (card && card.showPopover && !card.matches(":popover-open")) code.click();
    told();
  }

  for (const box of boxes) {
    box.hidden = false;
    box.addEventListener("change", () => { toggle(box); paint(); });
  }
  for (const both of reading.querySelectorAll(".both")) {
    both.hidden = false;
    both.addEventListener("click", (e) => {
      if (!("all" in e.target.dataset)) return;
      for (const box of boxes) {
        box.checked = e.target.dataset.all === "on";
        toggle(box);
      }
      paint();
    });
  }
  document.addEventListener("click", (e) => {
    const code = e.target.closest("button.code[id^='at-']");
    if (code) {
      here = code;
      if (walk) told();
      return;
    }
    const mark = e.target.closest("mark[data-card]");
    if (mark && !mark.classList.contains("off") && String(getSelection()) === "") open(document.getElementById("at-" + mark.dataset.card));
  });
  if (!walk) return;
  walk.hidden = false;
  told();
  walk.addEventListener("click", (e) => {
    const button = e.target.closest("[data-go]");
    if (button) go(Number(button.dataset.go));
  });
  document.addEventListener("keydown", (e) => {
    const step = { n: 1, p: -1 }[e.key];
    if (!step || e.ctrlKey || e.altKey || e.metaKey || e.isComposing || !document.getElementById("keys").checked) return;
    if (e.target.closest("textarea, select, input:not([type='checkbox']), [contenteditable]")) return;
    e.preventDefault();
    go(step);
  });
})();
