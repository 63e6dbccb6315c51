// An editor above the text area, which stays what the form sends: colours, terms, and the place of a mistake.
// It lives in a shadow root, where CodeMirror puts its styles into sheets that no policy has to allow.
import { autocompletion, closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap, lineNumbers, MatchDecorator, ViewPlugin } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { load, named, ranked, typed } from "../static/terms.js";

const most = 50;
// A graph that nobody has: asked of it, a query costs nothing, and its mistakes are told all the same.
const nowhere = "urn:x-musnad:nowhere";
const refused = new Set([400, 403, 413]);
const patience = 5000; // milliseconds

const theme = EditorView.theme({
  "&": { border: "1px solid var(--soft)", borderRadius: "2px", background: "var(--wash)", color: "var(--ink)", fontSize: "0.84rem" },
  "&.cm-focused": { outline: "3px solid var(--rubric)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", minHeight: "16rem", maxHeight: "70vh" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.8rem 0" },
  ".cm-gutters": { background: "none", color: "var(--soft)", border: "none" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { background: "none", outline: "1px solid var(--soft)" },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": { background: "none", textDecoration: "underline wavy var(--rubric)" },
  ".cm-mistaken": { background: "color-mix(in srgb, var(--rubric) 12%, transparent)" },
  ".cm-mistake": { textDecoration: "underline wavy var(--rubric)" },
  ".cm-tooltip": { background: "var(--paper)", color: "var(--ink)", border: "1px solid var(--soft)", maxWidth: "100%" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxWidth: "100%" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.8rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--link)", color: "var(--paper)" },
  ".cm-completionDetail": { fontStyle: "normal", unicodeBidi: "isolate" },
});
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.standard(tags.variableName)], fontWeight: "bold" },
  { tag: tags.local(tags.variableName), color: "var(--link)" },
  { tag: tags.atom, fontWeight: "normal" },
  { tag: tags.string, color: "var(--leaf)" },
  { tag: [tags.comment, tags.meta], color: "var(--soft)" },
]);

// Where the query is mistaken, until it is written on.
const told = StateEffect.define();
const mistakes = StateField.define({
  create: () => Decoration.none,
  update: (marks, change) => {
    for (const effect of change.effects) if (effect.is(told)) return Decoration.set(effect.value, true);
    return change.docChanged ? Decoration.none : marks;
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    EditorView.contentAttributes.from(field, (marks) => (marks.size ? { "aria-invalid": "true" } : {})),
  ],
});
const marksAt = (state, line, column) => {
  const row = state.doc.line(Math.min(line, state.doc.lines));
  const from = Math.min(row.from + column - 1, row.to);
  const to = state.wordAt(from)?.to ?? Math.min(from + 1, row.to);
  const marks = [Decoration.line({ class: "cm-mistaken" }).range(row.from)];
  if (to > from) marks.push(Decoration.mark({ class: "cm-mistake" }).range(from, to));
  return [marks, from];
};

// Ask what is wrong with a query; nothing where it is right, or where nobody can tell now.
const complaint = async (form, query) => {
  const fields = new URLSearchParams({ query, format: "json", "default-graph-uri": nowhere });
  try {
    const answer = await fetch(`${form.action}?${fields}`, { signal: AbortSignal.timeout(patience) });
    const plain = answer.headers.get("content-type")?.startsWith("text/plain");
    return refused.has(answer.status) && plain ? (await answer.text()).trim().split("\n").slice(1).join(" ") : "";
  } catch {
    return "";
  }
};

// Texts, IRIs and comments have a direction of their own, so that Arabic words leave the order of a line as it is.
const isolated = new MatchDecorator({
  regexp: /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|<[^<>\s]*>|#.*/g,
  decoration: Decoration.mark({ class: "cm-isolated", attributes: { dir: "auto" }, bidiIsolate: null }),
});
const isolating = ViewPlugin.define(
  (view) => ({
    marks: isolated.createDeco(view),
    update(change) { this.marks = isolated.updateDeco(change, this.marks); },
  }),
  {
    provide: (plugin) => {
      const marks = (view) => view.plugin(plugin)?.marks ?? Decoration.none;
      return Prec.lowest([EditorView.decorations.of(marks), EditorView.bidiIsolatedRanges.of(marks)]);
    },
  },
);

// What is typed over a selection: a browser that does it itself tries to keep its style, which the policy refuses.
const overwriting = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { from, to, empty } = view.state.selection.main, text = event.data;
    if (event.inputType !== "insertText" || empty || !text || view.composing) return false;
    const insert = () => view.state.update({ ...view.state.replaceSelection(text), userEvent: "input.type", scrollIntoView: true });
    const taken = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, text, insert));
    if (!taken) view.dispatch(insert());
    return true;
  },
});

const completing = (address) => {
  let terms;
  return async (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const word = typed(line.text.slice(0, context.pos - line.from));
    if (word.length < 2 && !context.explicit) return null;
    terms ??= load(address);
    const found = ranked(await terms, word, most);
    const options = found.map((term) => ({ label: term[0], detail: named(term), apply: `${term[0]} ` }));
    return { from: context.pos - word.length, options, filter: false };
  };
};

const paragraph = (name) => {
  const made = document.createElement("p");
  made.className = name;
  return made;
};

for (const field of document.querySelectorAll("textarea[data-terms]")) {
  const { form } = field, label = form.querySelector(`label[for="${field.id}"]`);
  const host = document.createElement("div"), help = paragraph("source"), objection = paragraph("mistake");
  host.className = "editor";
  host.lang = "en";
  host.dir = "ltr";
  help.textContent = field.dataset.help;
  objection.setAttribute("role", "alert");
  const ask = () => { form.requestSubmit(); return true; };
  const view = new EditorView({
    root: host.attachShadow({ mode: "open" }),
    state: EditorState.create({
      doc: field.value,
      extensions: [
        lineNumbers(), history(), bracketMatching(), closeBrackets(), EditorView.lineWrapping, theme, mistakes, overwriting, isolating,
        StreamLanguage.define(sparql), syntaxHighlighting(colours),
        autocompletion({ override: [completing(field.dataset.terms)], icons: false, selectOnOpen: false }),
        keymap.of([{ key: "Mod-Enter", run: ask }, ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap]),
        EditorState.phrases.of({ Completions: field.dataset.list }),
        EditorView.contentAttributes.of({ "aria-label": label.textContent }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          field.value = update.state.doc.toString();
          objection.replaceChildren();
        }),
      ],
    }),
  });
  host.shadowRoot.append(view.dom);
  field.before(host, objection, help);
  field.hidden = true;
  field.required = false; // a hidden field could not say what it lacks
  label.addEventListener("click", () => view.focus());
  addEventListener("pageshow", () => { // a browser that comes back fills the field again
    if (field.value !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: field.value } });
  });

  const show = (problem) => {
    const words = document.createElement("bdi"), place = /line (\d+), column (\d+)/.exec(problem);
    words.lang = "en";
    words.dir = "ltr";
    words.textContent = problem;
    objection.replaceChildren(`${field.dataset.mistake} `, words);
    if (place) {
      const [marks, anchor] = marksAt(view.state, Number(place[1]), Number(place[2]));
      view.dispatch({ effects: told.of(marks), selection: { anchor }, scrollIntoView: true });
    }
    view.focus();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!field.value.trim()) return view.focus();
    const problem = await complaint(form, field.value);
    return problem ? show(problem) : form.submit();
  });
}
