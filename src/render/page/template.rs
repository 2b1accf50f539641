//! Templates: minijinja, which escapes all that it is given.

use std::io::{self, Write};

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value};

/// Writes the template `source` with what `shown` says.
///
/// # Errors
/// When the writer takes no more.
pub(super) fn write(source: &str, shown: Value, writer: impl Write) -> io::Result<()> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.map_err(io::Error::other)?);
    let template = environment.template_from_named_str("page.html", source).map_err(io::Error::other)?;
    template.render_captured_to(shown, writer).map(drop).map_err(io::Error::other)
}
