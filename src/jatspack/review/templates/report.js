/* What links alone cannot do: filters, copying, and both sides marked at once. The page is whole without it. */
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  document.documentElement.classList.add("js");

  /* --- both sides marked */
  let marked = [];
  const mark = (elements) => {
    marked.forEach((element) => element.classList.remove("hit"));
    marked = elements.filter(Boolean);
    marked.forEach((element) => element.classList.add("hit"));
  };
  const rows = (link) => {
    const first = Number(link.hash.slice(2));
    const last = Math.min(Number(link.dataset.last || first), first + 2000);
    return Array.from({ length: last - first + 1 }, (_, n) => document.getElementById(`L${first + n}`));
  };
  const linesOf = (thing) => all(".at a", thing)
    .filter((link) => link.closest(".thing, .finding") === thing)
    .flatMap(rows);
  const show = (element) => {
    if (element) element.scrollIntoView({ block: "center", inline: "nearest" });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.closest(".at")) {
      const home = link.closest(".thing, .finding");
      mark([home, ...rows(link)]);
    } else if (link) {
      const goal = document.getElementById(link.hash.slice(1));
      if (goal && goal.matches(".thing, .finding")) mark([goal, ...linesOf(goal)]);
    } else if (getSelection().isCollapsed) {
      const text = event.target.closest(".x[data-to]");
      const goal = text && document.getElementById(text.dataset.to);
      if (goal) {
        mark([goal, text.parentElement]);
        show(goal);
      }
    }
  });

  /* --- filters */
  const filters = document.querySelector(".filters");
  if (filters) {
    const items = all("#findings > .findings > .finding");
    const said = filters.querySelector(".shown");
    const value = (name) => (filters.querySelector(`select[name=${name}]`) || { value: "*" }).value;
    const filter = () => {
      const severities = all("input:checked", filters).map((box) => box.value);
      const [lang, code] = [value("lang"), value("code")];
      let count = 0;
      items.forEach((item) => {
        const { severity, lang: own, code: kind } = item.dataset;
        item.hidden = !severities.includes(severity) || (lang !== "*" && lang !== own) || (code !== "*" && code !== kind);
        count += item.hidden ? 0 : 1;
      });
      said.textContent = `${count} of ${items.length} shown`;
    };
    filters.hidden = false;
    filters.addEventListener("change", filter);
    filter();
    /* A link to a finding that the filters hide shows all of them. */
    addEventListener("hashchange", () => {
      const goal = document.getElementById(location.hash.slice(1));
      if (goal && goal.hidden) {
        all("input", filters).forEach((box) => { box.checked = true; });
        all("select", filters).forEach((choice) => { choice.value = "*"; });
        filter();
        show(goal);
      }
    });
  }

  /* --- copying */
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };
  const said = (button, done) => {
    const before = button.dataset.label || button.textContent;
    button.dataset.label = before;
    button.textContent = done ? "Copied" : "Cannot copy";
    setTimeout(() => { button.textContent = before; }, 1500);
  };
  const offer = (item, kinds) => (item.querySelector(kinds) || { textContent: "" }).textContent;
  all("button.copy").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.copy, button.copy-all");
    if (!button) return;
    /* All at once are corrections only: what silences a finding is decided one by one. */
    const texts = button.matches(".copy")
      ? [offer(button.closest(".finding"), ".correction pre, .silence pre")]
      : all("#findings > .findings > .finding:not([hidden])").map((item) => offer(item, ".correction pre"));
    said(button, await copy(`${texts.filter(Boolean).join("\n\n")}\n`));
  });
})();
