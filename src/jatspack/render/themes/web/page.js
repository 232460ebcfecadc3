// What the page does more easily with a script: the current section in the contents, previews of citations and notes,
// buttons that copy. Without it nothing is missing. It asks for nothing and keeps nothing.
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const target = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));

  const place = (box, mark) => {
    const at = mark.getClientRects()[0];
    if (!at) return;
    const below = at.bottom + 8 + box.offsetHeight < innerHeight;
    box.style.top = `${Math.max(8, below ? at.bottom + 8 : at.top - box.offsetHeight - 8)}px`;
    box.style.left = `${Math.max(16, Math.min(at.left, innerWidth - box.offsetWidth - 16))}px`;
  };

  // Authors' cards open at the name; without the script they open in the middle of the window.
  for (const button of all("button[popovertarget]")) {
    const box = document.getElementById(button.getAttribute("popovertarget"));
    if (!box || !("popover" in box)) continue;
    box.classList.add("placed");
    box.addEventListener("toggle", (event) => { if (event.newState === "open") place(box, button); });
  }

  // Contents: open where they stand beside the text; the section that is being read is the current one.
  const contents = document.querySelector("nav.contents");
  if (contents) {
    const box = contents.querySelector("details");
    const wide = matchMedia("(min-width: 76rem)");
    const fit = () => { box.open = wide.matches; };
    wide.addEventListener("change", fit);
    fit();
    const entries = all("a", contents).map((link) => [link, target(link)]).filter(([, section]) => section);
    let current = null;
    let waiting = false;
    const mark = () => {
      waiting = false;
      const read = entries.filter(([, section]) => section.getBoundingClientRect().top < innerHeight / 4).pop();
      const link = read ? read[0] : null;
      if (link === current) return;
      if (current) current.removeAttribute("aria-current");
      if (link) {
        link.setAttribute("aria-current", "location");
        const [inner, outer] = [link.getBoundingClientRect(), contents.getBoundingClientRect()];
        if (inner.top < outer.top || inner.bottom > outer.bottom) contents.scrollTop += inner.top - outer.top - outer.height / 3;
      }
      current = link;
    };
    addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(mark); } }, { passive: true });
    mark();
    contents.addEventListener("click", (event) => { if (event.target.closest("a") && !wide.matches) box.open = false; });
  }

  // Previews: a copy of the reference or note beside its mark, while the mark is pointed at or has the focus.
  const card = document.createElement("div");
  card.className = "card placed preview";
  card.id = "_preview";
  card.setAttribute("role", "tooltip");
  card.popover = "manual";
  let owner = null;
  let timer = 0;
  const hide = () => {
    clearTimeout(timer);
    if (!owner) return;
    owner.removeAttribute("aria-describedby");
    owner = null;
    card.hidePopover();
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(hide, 250); };
  const show = (link) => {
    clearTimeout(timer);
    if (owner === link) return;
    const ids = (link.dataset.rid || "").split(" ").filter(Boolean);
    const items = (ids.length ? ids.map((id) => document.getElementById(id)) : [target(link)]).filter((item) => item && item.matches("li"));
    if (!items.length) return;
    hide();
    card.replaceChildren(...items.slice(0, 6).map((item) => {
      const copy = document.createElement("div");
      for (const part of item.children) if (part.matches(".label, .ref, .note-text")) copy.append(part.cloneNode(true));
      for (const extra of all(".back", copy)) extra.remove();
      for (const named of all("[id]", copy)) named.removeAttribute("id");
      for (const anchor of all("a", copy)) anchor.tabIndex = -1;
      return copy;
    }));
    if (!card.isConnected) document.body.append(card);
    card.showPopover();
    place(card, link);
    link.setAttribute("aria-describedby", card.id);
    owner = link;
  };
  if ("popover" in card) {
    for (const link of all("a.bibr, a.fn")) {
      link.addEventListener("pointerenter", (event) => { if (event.pointerType !== "touch") { clearTimeout(timer); timer = setTimeout(show, 120, link); } });
      link.addEventListener("pointerleave", later);
      link.addEventListener("focus", () => show(link));
      link.addEventListener("blur", later);
      link.addEventListener("click", hide);
    }
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", later);
    addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  }

  // Copying, where the browser lets a page do it.
  const cite = document.querySelector("details.cite");
  if (cite && navigator.clipboard) {
    for (const text of all("dd, pre", cite)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = cite.dataset.copy;
      const content = text.textContent.trim();
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(content);
        button.textContent = cite.dataset.copied;
        setTimeout(() => { button.textContent = cite.dataset.copy; }, 2000);
      });
      if (text.matches("dd")) text.append(button); else text.after(button);
    }
  }
})();
