// Writes the site's own numbers in the digits that the reader prefers; the words of documents, code and names stay.
"use strict";
{
  const button = document.querySelector("button[data-digits]");
  const kept = "bdi, q, blockquote, code, pre, textarea, select, input, script, style, [lang]:not([lang='ar']), [dir='ltr']";
  const western = /[0-9]+/g, arabic = /[\u0660-\u0669]+/g;
  const eastern = (words) => words.replace(/[0-9]/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
  let chosen = "";
  try { chosen = localStorage.getItem("digits") || ""; } catch { chosen = ""; }
  const changed = new Map();

  const change = (root) => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (changed.has(node) || !node.data.match(western) || !node.parentElement || node.parentElement.closest(kept)) continue;
      changed.set(node, node.data);
      node.data = node.data.replace(western, eastern);
    }
  };
  const restore = () => {
    for (const [node, words] of changed) if (node.data.match(arabic)) node.data = words;
    changed.clear();
  };
  const show = () => {
    const on = chosen === "arabic";
    if (on) change(document.querySelector("main")); else restore();
    button.setAttribute("aria-pressed", String(on));
  };

  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      chosen = chosen === "arabic" ? "western" : "arabic";
      try { localStorage.setItem("digits", chosen); } catch { /* the choice holds for this page only */ }
      show();
    });
    new MutationObserver(() => { if (chosen === "arabic") change(document.querySelector("main")); })
      .observe(document.querySelector("main"), { childList: true, subtree: true });
    show();
  }
}
