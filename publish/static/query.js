// Completes terms while a query is written: a list below the field, chosen with the arrow keys and Enter, or a click.
"use strict";
for (const field of document.querySelectorAll("textarea[data-terms]")) {
  const language = document.documentElement.lang, most = 8;
  const list = document.createElement("ul");
  list.className = "terms";
  list.id = `${field.id}-terms`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.after(list);
  let terms, chosen = -1;

  // The word before the caret; a variable, an IRI or a text is none.
  const typed = () => {
    const line = field.value.slice(0, field.selectionStart).split("\n").pop();
    if (/<[^<>\s]*$/.test(line) || line.split('"').length % 2 === 0) return "";
    return /(?<![\p{L}\d_?$:-])[\p{L}][\p{L}\d_-]*(?::[\p{L}\d_-]*)?$/u.exec(line)?.[0] ?? "";
  };
  const mark = (number) => {
    chosen = number;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === number)));
    if (number < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[number].id);
  };
  const close = () => { list.replaceChildren(); mark(-1); };
  const take = (number) => {
    const end = field.selectionStart;
    field.setRangeText(`${list.children[number].dataset.term} `, end - typed().length, end, "end");
    close();
    field.focus();
  };
  const found = (word) => {
    const small = word.toLowerCase();
    const rank = ([term, arabic, english]) => {
      const name = term.toLowerCase();
      if (name.startsWith(small)) return 0;
      if (name.slice(name.indexOf(":") + 1).startsWith(small)) return 1;
      return arabic.startsWith(word) || english.toLowerCase().startsWith(small) ? 2 : 3;
    };
    const ranked = terms.map((term) => [rank(term), term]).filter(([place]) => place < 3);
    return ranked.sort(([one], [other]) => one - other).slice(0, most).map(([, term]) => term);
  };
  const show = async () => {
    terms ??= fetch(field.dataset.terms).then((answer) => answer.json()).then((told) => { terms = told; }).catch(() => { terms = []; });
    await terms;
    const word = typed();
    close();
    if (word.length < 2) return;
    list.append(...found(word).map(([term, arabic, english], place) => {
      const option = document.createElement("li"), code = document.createElement("code");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.term = code.textContent = term;
      code.dir = "ltr";
      option.append(code, " ", language === "ar" ? arabic || english : english || arabic);
      option.addEventListener("mousedown", (event) => { event.preventDefault(); take(place); });
      return option;
    }));
  };
  field.addEventListener("input", show);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
    if (!count) return;
    if (event.key === "ArrowDown") mark((chosen + 1) % count);
    else if (event.key === "ArrowUp") mark(chosen > 0 ? chosen - 1 : count - 1);
    else if (event.key === "Enter" && chosen >= 0) take(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}
