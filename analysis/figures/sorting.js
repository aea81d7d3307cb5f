/* Tables sorted by a click or a key on their heads; a cell's data-k, where it has one, is what it is sorted by. */
function rasdSorting(root) {
  const key = (row, at) => {
    const cell = row.cells[at];
    const own = cell.dataset.k;
    if (own === undefined) return cell.innerText.trim();
    return own === "" || isNaN(own) ? own : Number(own);
  };
  const order = new Intl.Collator(undefined, { numeric: true }).compare;
  const compare = (a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : order(String(a), String(b));
  for (const table of root.querySelectorAll("table.rasd-sorted")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      const button = head.querySelector("button");
      if (!button) return;
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const body = table.tBodies[0];
        const rows = [...body.rows].map((row, n) => [key(row, at), n, row]);
        const last = (value) => value === "" || value === "–";
        rows.sort(
          (a, b) => last(a[0]) - last(b[0]) || (up ? 1 : -1) * compare(a[0], b[0]) || a[1] - b[1],
        );
        body.append(...rows.map((row) => row[2]));
      });
    });
  }
}
