
(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const groups = [...document.querySelectorAll(".group")].map((element) => ({
    element,
    agency: element.dataset.agency,
    year: element.dataset.year,
    findings: [...element.querySelectorAll(".finding")].map((finding) => ({
      element: finding,
      severity: finding.dataset.severity,
      code: finding.dataset.code,
      text: null,
    })),
  }));
  const fill = (name, values) => {
    for (const value of new Set(values)) form.elements[name].add(new Option(value, value));
  };
  fill("agency", groups.map((group) => group.agency));
  fill("year", groups.map((group) => group.year).sort().reverse());
  const shown = document.getElementById("shown");
  const all = groups.reduce((sum, group) => sum + group.findings.length, 0);

  const filter = () => {
    const wanted = Object.fromEntries(new FormData(form));
    const words = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
    const holds = (group, finding) => {
      if (wanted.severity && finding.severity !== wanted.severity) return false;
      if (wanted.code && finding.code !== wanted.code) return false;
      if (!words.length) return true;
      finding.text ??= `${group.agency} ${group.year} ${finding.element.textContent}`.toLowerCase();
      return words.every((word) => finding.text.includes(word));
    };
    let count = 0;
    for (const group of groups) {
      const fits = (!wanted.agency || group.agency === wanted.agency) && (!wanted.year || group.year === wanted.year);
      let within = 0;
      for (const finding of group.findings) {
        const is = fits && holds(group, finding);
        finding.element.hidden = !is;
        within += is;
      }
      group.element.hidden = within === 0;
      count += within;
    }
    shown.textContent = shown.dataset.words.replace("{shown}", count).replace("{all}", all);
    document.getElementById("none").hidden = count > 0;
  };

  let later;
  form.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(filter, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  document.querySelector(".map")?.addEventListener("click", (event) => {
    const cell = event.target.closest("a[data-agency]");
    if (!cell) return;
    event.preventDefault();
    form.reset();
    form.elements.agency.value = cell.dataset.agency;
    form.elements.year.value = cell.dataset.year;
    filter();
    const target = document.getElementById("findings");
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  });
  form.hidden = false;
  filter();
})();
