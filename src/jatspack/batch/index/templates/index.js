/* The list of all articles: filtered, sorted, a page at a time. Without it the page shows those in need of a look. */
"use strict";
(() => {
  const PAGE = 100;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const section = document.getElementById("articles");
  const one = (selector) => section.querySelector(selector);
  const data = JSON.parse(document.getElementById("data").textContent);
  const count = data.name.length;
  const texts = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  document.documentElement.classList.add("js");

  /* --- elements; what comes from articles becomes text, never markup */
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => { if (value) element.setAttribute(name, value); });
    element.append(...children);
    return element;
  };
  const bdi = (text, lang) => make("bdi", { lang }, text);
  const plainFolder = (name) => name.replace(/\.[^./]*$/, "");
  const address = (i, ending) => {
    const folder = data.folder[i] || plainFolder(data.name[i]);
    const stem = data.stem[i] || folder.slice(folder.lastIndexOf("/") + 1);
    return `./${`${folder}/${stem}${ending}`.split("/").map(encodeURIComponent).join("/")}`;
  };
  const made = (i) => data.endings.filter((_, bit) => data.made[i] & (1 << bit));
  const state = (i) => data.states[data.state[i]][0];
  const current = (i) => data.states[data.state[i]][1];
  const language = (i) => data.languages[data.language[i]];

  /* --- a row */
  const kinds = (i) => {
    const items = [];
    for (let n = 0; n < data.found[i].length; n += 2) {
      const [code, severity] = data.codes[data.found[i][n]];
      items.push(make("li", {}, make("span", { class: `badge ${severity}` }, severity), " ",
        make("code", {}, code), ` ${data.found[i][n + 1]}`));
    }
    const details = make("details", {}, make("summary", {}, `${items.length} kind${items.length === 1 ? "" : "s"} of finding`));
    details.addEventListener("toggle", () => details.append(make("ul", {}, ...items)), { once: true });
    return details;
  };
  const article = (i) => {
    const links = made(i);
    const text = bdi(data.title[i] || data.name[i], language(i));
    const report = links.find(([label]) => !label) || links.find(([label]) => label === "JSON");
    const cell = make("th", { scope: "row", class: "article" }, report ? make("a", { href: address(i, report[1]) }, text) : text);
    if (data.title[i]) cell.append(" ", make("span", { class: "name" }, bdi(data.name[i])));
    if (data.message[i]) cell.append(" ", make("span", { class: "message" }, bdi(data.message[i])));
    if (data.found[i].length) cell.append(kinds(i));
    return cell;
  };
  const number = (value, bad = false) => make("td", { class: bad && value ? "n bad" : "n" }, value.toLocaleString("en"));
  const decimal = (value, digits) => make("td", { class: "n" }, value.toFixed(digits));
  const counts = (i) => (current(i)
    ? [number(data.errors[i], true), number(data.warnings[i]), number(data.doubtful[i]), number(data.missing[i], true)]
    : [1, 2, 3, 4].map(() => make("td")));
  const row = (i) => {
    const outputs = make("td", { class: "outputs" });
    made(i).filter(([label]) => label).forEach(([label, ending]) => {
      outputs.append(make("a", { href: address(i, ending) }, label), " ");
    });
    return make("tr", {},
      make("td", {}, make("span", { class: `badge s-${state(i)}` }, state(i))),
      article(i), make("td", {}, bdi(data.journals[data.journal[i]])), make("td", {}, language(i)),
      ...counts(i),
      decimal(data.bytes[i] / 1000, 1), decimal(data.seconds[i], 2), outputs);
  };

  /* --- which articles */
  const FILTERS = ["q", "state", "journal", "language", "code", "with"];
  const field = (name) => one(`.filters [name=${name}]`);
  const empty = (name) => (name === "q" ? "" : "*");
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let haystacks = null;
  const haystack = (i) => {
    haystacks = haystacks || data.name.map((name, n) => folded(
      `${name}\n${data.title[n]}\n${data.message[n]}\n${data.journals[data.journal[n]]}`));
    return haystacks[i];
  };
  const has = (i, code) => {
    for (let n = 0; n < data.found[i].length; n += 2) if (data.found[i][n] === code) return true;
    return false;
  };
  const having = {
    error: (i) => data.errors[i] > 0,
    warning: (i) => data.warnings[i] > 0,
    info: (i) => data.infos[i] > 0,
    nothing: (i) => current(i) && data.found[i].length === 0,
    invalid: (i) => current(i) && !data.valid[i],
    lost: (i) => data.missing[i] > 0,
    doubt: (i) => data.doubtful[i] > 0,
  };
  const tests = () => {
    const value = Object.fromEntries(FILTERS.map((name) => [name, field(name).value]));
    const words = folded(value.q).split(/\s+/).filter(Boolean);
    const out = [];
    const equal = (name, column, list) => {
      const wanted = list.indexOf(value[name]);
      if (value[name] !== "*") out.push((i) => column[i] === wanted);
    };
    equal("state", data.state, data.states.map(([name]) => name));
    equal("journal", data.journal, data.journals);
    equal("language", data.language, data.languages);
    const code = data.codes.findIndex(([name]) => name === value.code);
    if (value.code !== "*") out.push((i) => has(i, code));
    if (having[value.with]) out.push(having[value.with]);
    if (words.length) out.push((i) => words.every((word) => haystack(i).includes(word)));
    return out;
  };

  /* --- in which order: those in need of a look first, unless a head was clicked */
  const ranked = (list) => {
    const rank = new Int32Array(list.length);
    list.map((text, n) => [text, n]).sort((a, b) => texts.compare(a[0], b[0])).forEach(([, n], at) => { rank[n] = at; });
    return rank;
  };
  const up = (column) => (a, b) => column[a] - column[b];
  const orders = {
    need: () => (a, b) => data.state[a] - data.state[b] || data.valid[a] - data.valid[b] || data.errors[b] - data.errors[a]
      || data.missing[b] - data.missing[a] || data.warnings[b] - data.warnings[a] || data.doubtful[b] - data.doubtful[a],
    title: () => up(ranked(data.name.map((name, i) => data.title[i] || name))),
    journal: () => { const rank = ranked(data.journals); return (a, b) => rank[data.journal[a]] - rank[data.journal[b]]; },
    language: () => up(data.language),
  };
  ["errors", "warnings", "doubtful", "missing", "bytes", "seconds"].forEach((name) => { orders[name] = () => up(data[name]); });
  const compares = {};
  const compare = (name) => { compares[name] = compares[name] || orders[name](); return compares[name]; };
  const largestFirst = (name) => !["need", "title", "journal", "language"].includes(name);

  let sort = { by: "need", down: false };
  let chosen = [];
  let page = 0;
  const choose = () => {
    const passes = tests();
    chosen = [];
    for (let i = 0; i < count; i += 1) if (passes.every((pass) => pass(i))) chosen.push(i);
    const by = compare(sort.by);
    chosen.sort((a, b) => (sort.down ? by(b, a) : by(a, b)) || a - b);
    page = 0;
    show();
  };

  /* --- shown */
  const body = one(".articles tbody");
  const pager = one(".pager");
  const button = (name) => pager.querySelector(`[name=${name}]`);
  const pages = () => Math.max(1, Math.ceil(chosen.length / PAGE));
  const show = () => {
    page = Math.min(Math.max(page, 0), pages() - 1);
    const from = page * PAGE;
    const part = chosen.slice(from, from + PAGE);
    const none = make("td", { colspan: "11", class: "none" }, "No article is like this.");
    body.replaceChildren(...(part.length ? part.map(row) : [make("tr", {}, none)]));
    one(".shown").textContent = `${chosen.length.toLocaleString("en")} of ${count.toLocaleString("en")} articles`
      + (pages() > 1 ? `; shown: ${from + 1} to ${from + part.length}` : "");
    pager.hidden = pages() === 1;
    pager.querySelector(".place").textContent = `Page ${page + 1} of ${pages()}`;
    [["first", page === 0], ["back", page === 0], ["on", page === pages() - 1], ["last", page === pages() - 1]]
      .forEach(([name, off]) => { button(name).disabled = off; });
    all(".articles th[data-sort]").forEach((head) => {
      const own = head.dataset.sort === sort.by;
      if (own) head.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  };
  const turn = (to) => { page = to; show(); section.scrollIntoView(); };
  button("first").addEventListener("click", () => turn(0));
  button("back").addEventListener("click", () => turn(page - 1));
  button("on").addEventListener("click", () => turn(page + 1));
  button("last").addEventListener("click", () => turn(pages() - 1));

  /* --- the address holds what is asked for: it can be kept, sent, gone back to */
  const fragment = (values) => {
    const query = new URLSearchParams(values);
    return `#${query}`;
  };
  const asked = () => {
    const values = FILTERS.filter((name) => field(name).value !== empty(name)).map((name) => [name, field(name).value]);
    if (sort.by !== "need" || sort.down) values.push(["sort", `${sort.down ? "-" : ""}${sort.by}`]);
    return values;
  };
  const remember = () => history.replaceState(null, "", asked().length ? fragment(asked()) : "#articles");
  const follow = () => {
    const query = new URLSearchParams(location.hash.slice(1));
    if (![...FILTERS, "sort"].some((name) => query.has(name))) return false;
    FILTERS.forEach((name) => {
      const element = field(name);
      const value = query.has(name) ? query.get(name) : empty(name);
      if (name !== "q" && ![...element.options].some((option) => option.value === value)) element.add(new Option(value, value));
      element.value = value;
    });
    const by = (query.get("sort") || "need").replace(/^-/, "");
    sort = orders[by] ? { by, down: (query.get("sort") || "").startsWith("-") } : { by: "need", down: false };
    choose();
    section.scrollIntoView();
    section.querySelector("h2").focus({ preventScroll: true });
    return true;
  };
  const changed = () => { choose(); remember(); };
  let wait = 0;
  one(".filters").addEventListener("input", (event) => {
    clearTimeout(wait);
    wait = setTimeout(changed, event.target.name === "q" ? 120 : 0);
  });
  one(".filters [name=reset]").addEventListener("click", () => {
    FILTERS.forEach((name) => { field(name).value = empty(name); });
    sort = { by: "need", down: false };
    changed();
  });
  all("a[data-only]").forEach((link) => { link.href = fragment([[link.dataset.only, link.dataset.value]]); });
  addEventListener("hashchange", follow);

  /* --- heads that sort: of the list, and of the small tables as they stand there */
  const head = (cell, click) => {
    const press = make("button", { type: "button" });
    press.append(...cell.childNodes);
    press.addEventListener("click", click);
    cell.append(press);
  };
  all(".articles th[data-sort]").forEach((cell) => {
    const by = cell.dataset.sort;
    head(cell, () => { sort = { by, down: sort.by === by ? !sort.down : largestFirst(by) }; changed(); });
  });
  const value = (line, n) => line.cells[n].dataset.v || line.cells[n].textContent.trim();
  const numeric = (text) => parseFloat(text.replace(/,/g, ""));
  all("table.sortable").forEach((table) => {
    const heads = all("thead th", table);
    heads.forEach((cell, n) => {
      if (cell.querySelector(".unseen")) return;
      head(cell, () => {
        const numbers = cell.matches(".n");
        const before = cell.getAttribute("aria-sort");
        const down = before ? before === "ascending" : numbers;
        const lines = [...table.tBodies[0].rows].map((line) => [line, value(line, n)]);
        const key = (text) => (Number.isNaN(numeric(text)) ? -1 : numeric(text));
        const by = numbers ? (a, b) => key(a[1]) - key(b[1]) : (a, b) => texts.compare(a[1], b[1]);
        lines.sort((a, b) => (down ? by(b, a) : by(a, b)));
        table.tBodies[0].append(...lines.map(([line]) => line));
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      });
    });
  });

  one(".filters").hidden = false;
  one(".plain").hidden = true;
  if (!follow()) choose();
})();
