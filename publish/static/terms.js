// The terms of the data, and what a word that is being written may become: for the text area and for the editor.

// The word that ends a line; a variable, an IRI or a text is none.
export const typed = (line) => {
  if (/<[^<>\s]*$/.test(line) || line.split('"').length % 2 === 0) return "";
  return /(?<![\p{L}\d_?$:-])[\p{L}][\p{L}\d_-]*(?::[\p{L}\d_-]*)?$/u.exec(line)?.[0] ?? "";
};

// A term is its prefixed name, its Arabic label and its English one.
export const named = ([, arabic, english]) => (document.documentElement.lang === "ar" ? arabic || english : english || arabic);

export const ranked = (terms, word, most) => {
  const small = word.toLowerCase();
  const rank = ([term, arabic, english]) => {
    const name = term.toLowerCase();
    if (name.startsWith(small)) return 0;
    if (name.slice(name.indexOf(":") + 1).startsWith(small)) return 1;
    return arabic.startsWith(word) || english.toLowerCase().startsWith(small) ? 2 : 3;
  };
  const placed = terms.map((term) => [rank(term), term]).filter(([place]) => place < 3);
  return placed.sort(([one], [other]) => one - other).slice(0, most).map(([, term]) => term);
};

// Nothing is offered where the terms cannot be had.
export const load = (address) => fetch(address).then((answer) => answer.json()).catch(() => []);
