// Completes terms while a query is written: a list below the field, chosen with the arrow keys and Enter, or a click.
import { load, named, ranked, typed } from "./terms.js";

const most = 8;
for (const field of document.querySelectorAll("textarea[data-terms]")) {
  const list = document.createElement("ul");
  list.className = "terms";
  list.id = `${field.id}-terms`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.after(list);
  let terms, chosen = -1;

  const word = () => typed(field.value.slice(0, field.selectionStart).split("\n").pop());
  const mark = (number) => {
    chosen = number;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === number)));
    if (number < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[number].id);
  };
  const close = () => { list.replaceChildren(); mark(-1); };
  const take = (number) => {
    const end = field.selectionStart;
    field.setRangeText(`${list.children[number].dataset.term} `, end - word().length, end, "end");
    close();
    field.focus();
  };
  const show = async () => {
    terms ??= load(field.dataset.terms);
    const known = await terms;
    close();
    if (word().length < 2) return;
    list.append(...ranked(known, word(), most).map((term, place) => {
      const option = document.createElement("li"), code = document.createElement("code");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.term = code.textContent = term[0];
      code.dir = "ltr";
      option.append(code, " ", named(term));
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
