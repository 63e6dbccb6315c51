// Searches the index of a written site. Folding, ranking and marking are those of musnad.search, letter for
// letter; what the two share stands in static/search/index.json. A server answers by itself and needs none of this.
"use strict";
{
  const asking = new URLSearchParams(location.search);
  const place = document.getElementById("found");
  const copy = document.getElementById("one-facet");
  const root = place ? place.dataset.root : "";
  const language = document.documentElement.lang;
  const kept = new Map();

  const load = (name, fresh) => {
    if (!kept.has(name)) {
      kept.set(name, fetch(`${root}static/search/${name}`, { cache: fresh ? "no-cache" : "default" }).then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      }));
    }
    return kept.get(name);
  };

  // ---- spelling

  const spelling = (told) => {
    const isLetter = new RegExp(`^[${told.letters}]$`);
    const folded = new Map(Object.entries(told.folded));
    for (const letter of told.removed) folded.set(letter, "");
    const fold = (letter) => {
      if (folded.has(letter)) return folded.get(letter);
      if ((letter >= "\ufb50" && letter <= "\ufdff") || (letter >= "\ufe70" && letter <= "\ufefe")) {
        const wide = letter.normalize("NFKC");
        if (wide !== letter) return Array.from(wide.trim(), (each) => folded.has(each) ? folded.get(each) : each).join("");
      }
      if (letter < "\u0370" || (letter >= "\u1e00" && letter <= "\u1eff")) {
        return letter.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
      }
      return letter;
    };
    const known = new Map();
    const spell = (letter) => {
      let found = known.get(letter);
      if (found === undefined) {
        const plain = fold(letter);
        found = Array.from(plain < "\u2000" ? plain.toLowerCase() : plain).filter((each) => each !== "\u0307")
          .map((each) => isLetter.test(each) ? each : " ").join("");
        known.set(letter, found);
      }
      return found;
    };
    const latin = (letter) => letter !== undefined && letter >= "a" && letter <= "z";
    // The words of a text with their places.
    const spans = (text) => {
      const found = [];
      let word = "", start = 0, end = 0, at = 0;
      const letters = Array.from(text);
      letters.forEach((letter, number) => {
        let spelt = spell(letter);
        if (told.apostrophes.includes(letter) && latin(word.at(-1)) && number + 1 < letters.length
          && latin(spell(letters[number + 1])[0])) spelt = "";
        for (const each of spelt) {
          if (each !== " ") {
            if (!word) start = at;
            word += each;
          } else if (word) {
            found.push({ word, start, end });
            word = "";
          }
        }
        at += letter.length;
        end = at;
      });
      if (word) found.push({ word, start, end });
      return found;
    };
    const wordsOf = (question) => {
      const begin = Array.from(question).slice(0, told.limits.characters).join("");
      const words = new Set(spans(begin).map((each) => each.word.slice(0, told.limits.letters)));
      return [...words].slice(0, told.limits.words);
    };
    // What a word may be without particles and article → how far it is: 0 itself, 1 article, 2 particle.
    const forms = (word) => {
      const found = new Map([[word, 0]]);
      const add = (form, far) => { if (!found.has(form)) found.set(form, far); };
      const bare = (form, far) => { if (form.startsWith("ال") && form.length >= 5) add(form.slice(2), far); };
      if (!/^[\u0620-\u064a]/.test(word)) return found;
      bare(word, 1);
      const bases = [word];
      if ("وف".includes(word[0]) && word.length > 3) {
        bases.push(word.slice(1));
        add(word.slice(1), 2);
        bare(word.slice(1), 2);
      }
      for (const base of bases) {
        if ("بكل".includes(base[0]) && base.length > 3) {
          add(base.slice(1), 2);
          bare(base.slice(1), 2);
        }
        if (base.startsWith("لل") && base.length >= 5) add(base.slice(2), 2);
      }
      return found;
    };
    const nameKey = (words) => words.map((word) => {
      const bare = [...forms(word)].find(([, far]) => far === 1);
      return `${bare ? bare[0] : word} `;
    }).join("");
    return { spell, spans, wordsOf, forms, nameKey };
  };

  const oneEdit = (one, other) => {
    if (one === other || Math.abs(one.length - other.length) > 1) return false;
    const least = Math.min(one.length, other.length);
    let same = 0;
    while (same < least && one[same] === other[same]) same += 1;
    if (one.length !== other.length) {
      const [longer, shorter] = one.length > other.length ? [one, other] : [other, one];
      return longer.slice(same + 1) === shorter.slice(same);
    }
    return one.slice(same + 1) === other.slice(same + 1)
      || (one[same] === other[same + 1] && one[same + 1] === other[same] && one.slice(same + 2) === other.slice(same + 2));
  };

  // ---- ranking

  const searching = (told) => {
    const { spans, wordsOf, forms, nameKey } = spelling(told);
    const { limits, points } = told;
    const near = (mine) => [...mine].filter(([, far]) => far < 2).map(([form]) => form);
    // The number of the last file whose first form is not after a form; 0 where there is none.
    const fileOf = (form) => {
      let low = 0, high = told.starts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (told.starts[middle] <= form) low = middle + 1; else high = middle;
      }
      return Math.max(low - 1, 0);
    };
    const file = async (number) => {
      const rows = await load(told.forms[number]);
      rows.byForm ??= new Map(rows.map((row) => [row[0], row]));
      return rows;
    };
    const look = async (form) => told.forms.length ? (await file(fileOf(form))).byForm.get(form) : undefined;
    const starting = async (start, most, wanted) => {
      const found = [];
      for (let number = fileOf(start); number < told.forms.length && found.length < most; number += 1) {
        if (told.starts[number] > start && !told.starts[number].startsWith(start)) break;
        for (const row of await file(number)) {
          if (row[0].startsWith(start) && !row[0].includes(" ") && wanted(row[0])) found.push(row);
          if (found.length >= most) break;
        }
      }
      return found;
    };
    const matching = async (word) => {
      const mine = forms(word), found = new Map();
      for (const [form, far] of mine) {
        const row = await look(form);
        if (row) found.set(form, [row, points.far[far]]);
      }
      for (const form of near(mine)) {
        if (form.length < limits.prefix) continue;
        for (const row of await starting(form, limits.forms, () => true)) {
          const letters = Math.min(row[0].length - form.length, points.letters);
          if (!found.has(row[0])) found.set(row[0], [row, points.far[mine.get(form)] + points.prefix + points.letter * letters]);
        }
      }
      if (!found.size) {
        for (const form of near(mine)) {
          if (form.length < limits.edited) continue;
          for (const row of await starting(form.slice(0, 2), limits.forms, (other) => oneEdit(form, other))) {
            if (!found.has(row[0])) found.set(row[0], [row, points.far[mine.get(form)] + points.edited]);
          }
        }
      }
      return found;
    };
    const each = (row, kind, tell) => {
      const flat = row[kind + 1] ?? [];
      for (let i = 0, number = 0; i < flat.length; i += 2) tell(number += flat[i], flat[i + 1]);
      return flat.length / 2;
    };
    const rankKind = async (words, kind) => {
      const sums = new Map(), counts = new Map(), scores = new Map();
      const room = Math.floor(limits.read / Math.max(words.length, 1));
      for (const word of words) {
        const best = new Map();
        let read = 0;
        for (const [row, loss] of (await matching(word)).values()) {
          if (read >= room) break;
          read += each(row, kind, (number, value) => {
            const left = Math.max(value - loss, 1);
            if (left > (best.get(number) ?? 0)) best.set(number, left);
          });
        }
        for (const [number, value] of best) {
          sums.set(number, (sums.get(number) ?? 0) + value);
          counts.set(number, (counts.get(number) ?? 0) + 1);
        }
      }
      const least = kind === 0 ? Math.ceil(words.length / 2) : words.length;
      for (const [number, total] of sums) {
        if (counts.get(number) >= least) scores.set(number, Math.min(Math.floor(total / words.length), points.words));
      }
      const whole = words.length ? await look(nameKey(words)) : undefined;
      if (whole) each(whole, kind, (number, value) => scores.set(number, value));
      return [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([number, score]) => [score, number]);
    };
    // Kind → scores and numbers of entries, best first.
    const rank = async (question, within) => {
      const words = wordsOf(question), found = [];
      const one = told.kinds.includes(within);
      for (const [kind, name] of told.kinds.entries()) {
        if (within && (one ? name !== within : kind !== 0)) continue;
        const ranked = await rankKind(words, kind);
        const all = !within || one;
        found.push([name, all ? ranked : ranked.filter(([, number]) => told.types[told.entities[number]][0] === within)]);
      }
      return found;
    };
    // What a word of a text must be a form of, to be marked.
    const meant = async (question) => {
      const found = new Set();
      for (const word of wordsOf(question)) {
        for (const form of [...forms(word).keys(), ...(await matching(word)).keys()]) found.add(form);
      }
      return found;
    };
    const marked = (text, all) => spans(text).filter(({ word }) => [...forms(word).keys()].some((form) => all.has(form)));
    const entry = async (number) => (await load(told.entries[Math.floor(number / told.block)]))[number % told.block];
    return { rank, meant, marked, entry };
  };

  // ---- the page

  const make = (name, given = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given)) if (value) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };

  const show = async (told) => {
    const question = Array.from((asking.get("q") ?? "").trim()).slice(0, told.shown[2]).join(""), within = (asking.get("class") ?? "").slice(0, 60);
    const texts = told.texts[language], here = told.languages.indexOf(language);
    const search = searching(told);
    const found = await search.rank(question, within), all = await search.meant(question);
    const size = told.shown[within ? 1 : 0];
    const pages = within ? Math.max(1, Math.ceil(Math.max(0, ...found.map(([, each]) => each.length)) / size)) : 1;
    const page = Math.min(Math.max(/^\d{1,4}$/.test(asking.get("page")) ? Number(asking.get("page")) : 1, 1), pages);
    const turn = (changed) => {
      const fields = Object.entries({ q: question, class: within, page: String(page), ...changed });
      return `?${new URLSearchParams(fields.filter(([name, value]) => value && !(name === "page" && value === "1")))}`;
    };
    const text = (words, tag) => {
      const bdi = make("bdi", { lang: tag, dir: tag ? (tag === "ar" ? "rtl" : "ltr") : "auto" });
      let before = 0;
      for (const { start, end } of search.marked(words, all)) {
        bdi.append(words.slice(before, start), make("mark", {}, words.slice(start, end)));
        before = end;
      }
      bdi.append(words.slice(before));
      return bdi;
    };
    const line = ([, type, path, labels, belows]) => {
      const [label, tag] = labels[here], [below, belowTag] = belows[here];
      const shown = make("li", {}, make("a", { href: `${root}${path}.${language}.html` }, text(label, tag)), " ",
        make("span", { class: "source" }, told.types[type][here + 1]));
      if (below) shown.append(make("p", { class: "claim-words" }, text(below, belowTag)));
      return shown;
    };
    const sections = [];
    for (const [kind, ranked] of found.filter(([, each]) => each.length)) {
      const part = ranked.slice(size * (page - 1), size * page);
      const lines = await Promise.all(part.map(async ([, number]) => line(await search.entry(number))));
      const section = make("section", { class: "found", "aria-labelledby": `found-${kind}` },
        make("h2", { id: `found-${kind}` }, texts[kind], " ", make("span", { class: "count" }, String(ranked.length))),
        make("ol", { class: "results" }, ...lines));
      if (!within && ranked.length > size) section.append(make("p", {}, make("a", { class: "go", href: turn({ class: kind }) }, texts.all)));
      sections.push(section);
    }
    if (pages > 1) {
      const nav = make("nav", { class: "pager" });
      if (page > 1) nav.append(make("a", { rel: "prev", href: turn({ page: String(page - 1) }) }, texts.previous));
      nav.append(make("span", {}, texts.place.replace("{number}", page).replace("{pages}", pages)));
      if (page < pages) nav.append(make("a", { rel: "next", href: turn({ page: String(page + 1) }) }, texts.next));
      sections.push(nav);
    }
    place.replaceChildren(...(sections.length ? sections : [make("p", { class: "nothing" }, texts.none)]));
  };

  if (copy && [...asking].some(([name]) => name !== "lang")) copy.hidden = false;
  if (place) {
    document.getElementById("needs-script")?.remove();
    for (const field of document.querySelectorAll("input[type=search]")) field.value = asking.get("q") ?? "";
    for (const link of document.querySelectorAll(".languages a")) link.search = location.search;
    const listing = () => load("index.json", true);
    window.musnadSearch = async (question, within = "") => searching(await listing()).rank(question, within);
    window.musnadSpelling = async () => spelling(await listing());
    if (asking.get("q")?.trim()) {
      listing().then(show).catch(() => {
        place.replaceChildren(make("p", { class: "nothing" }, place.dataset.failed));
      });
    }
  }
}
