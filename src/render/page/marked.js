// Steps from finding to finding in the element `.marked`, whenever it comes into the page: by its buttons, by the keys n and p
// (or j and k), and by a click on a mark or a finding.
(() => {
  const report = () => document.querySelector(".marked");
  const shown = (list) => [...list].filter((element) => element.getClientRects().length > 0);

  const go = (number, moves) => {
    const root = report();
    const cards = root ? [...root.querySelectorAll(".card")] : [];
    const card = cards[number - 1];
    if (!card) return;
    root.querySelectorAll(".current, .here").forEach((element) => element.classList.remove("current", "here"));
    root.dataset.current = number;
    card.classList.add("current");
    root.querySelectorAll("mark").forEach((mark) => {
      if (mark.dataset.of.split(" ").includes(String(number))) mark.classList.add("here");
    });
    const output = root.querySelector(".steps output");
    if (output) {
      output.querySelector("b").textContent = number;
      output.querySelector("span").textContent = card.querySelector(".says").textContent;
    }
    if (!moves) return;
    const anchor = root.querySelector(`#m${number}`);
    const mark = anchor && anchor.nextElementSibling;
    if (mark) mark.scrollIntoView({ block: "center", inline: "center" });
    const list = card.closest("section");
    if (list.scrollHeight > list.clientHeight + 1) list.scrollTop = card.offsetTop - list.offsetTop - 12;
    else if (!mark) card.scrollIntoView({ block: "center" });
  };

  const step = (by) => {
    const root = report();
    if (!root) return;
    const count = root.querySelectorAll(".card").length;
    const current = Number(root.dataset.current || 0);
    const next = current + by;
    if (count) go(next < 1 ? count : next > count ? 1 : next, true);
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const root = report();
    if (!target || !root || !root.contains(target)) return;
    const button = target.closest("[data-step]");
    if (button) return step(Number(button.dataset.step));
    const link = target.closest("a.number");
    const card = target.closest(".card");
    const mark = target.closest("mark, ins");
    const marked = mark && (mark.dataset.of ? mark : mark.closest("td, bdi").querySelector("mark"));
    const number = link ? Number(link.textContent) : card ? Number(card.dataset.number) : marked ? Number(marked.dataset.of.split(" ")[0]) : 0;
    // Text that is being selected, to be copied, stays where it is.
    if (!number || !link && String(getSelection())) return;
    event.preventDefault();
    go(number, true);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest("input, select, textarea, [contenteditable]")) return;
    const root = report();
    if (!root || !shown([root]).length) return;
    if (event.key === "n" || event.key === "j") step(1);
    else if (event.key === "p" || event.key === "k") step(-1);
    else return;
    event.preventDefault();
  });
})();
