//! gouji for Python: the module `gouji._gouji`, which the package `gouji` wraps. What is said of a report is handed over as the JSON of
//! the command, so that both say the same; Python takes it apart where somebody looks.

mod error;
mod glance;
mod outcome;
mod many;
mod checker;
mod figures;
mod collected;
mod made;
mod rendered;
mod command;
mod spark;

use pyo3::pymodule;

/// What is compiled. Use the package `gouji`, not this.
#[pymodule(gil_used = false)]
mod _gouji {
    #[pymodule_export]
    use super::checker::Checker;
    #[pymodule_export]
    use super::command::run;
    #[pymodule_export]
    use super::figures::Figures;
    #[pymodule_export]
    use super::many::Many;
    #[pymodule_export]
    use super::rendered::excerpt;
    #[pymodule_export]
    use super::spark::spark;
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
