//! gouji for Python: the module `gouji._gouji`, which the package `gouji` wraps. What is said of a report is handed over as the JSON of
//! the command, so that both say the same; Python takes it apart where somebody looks.

mod check;

use pyo3::pymodule;

/// What is compiled. Use the package `gouji`, not this.
#[pymodule(gil_used = false)]
mod _gouji {
    #[pymodule_export]
    use super::check::check;
}
