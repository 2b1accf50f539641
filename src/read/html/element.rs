//! What elements are, as far as it matters here.

/// What a tag means to us.
#[derive(Debug, Clone, Copy)]
pub(super) enum Element {
    Inline,
    Break,
    Image,
    /// Text that is raised or lowered behind other text, such as the mark of a note.
    Raised,
    Block,
    Heading,
    /// A block whose lines are kept.
    Preformatted,
    /// Its content is nothing to read.
    Silent,
    /// A list to choose from.
    Select,
    Choice,
    Table,
    Caption,
    RowGroup {
        foot: bool,
    },
    Row,
    Cell {
        head: bool,
    },
}

impl Element {
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"br" => Self::Break,
            b"img" => Self::Image,
            b"sup" | b"sub" => Self::Raised,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Heading,
            b"script" | b"style" | b"title" | b"noscript" | b"template" | b"iframe" | b"noembed" | b"noframes"
            | b"datalist" | b"rt" | b"rp" => Self::Silent,
            b"pre" | b"listing" | b"xmp" | b"plaintext" | b"textarea" => Self::Preformatted,
            b"select" => Self::Select,
            b"option" => Self::Choice,
            b"table" => Self::Table,
            b"caption" => Self::Caption,
            b"thead" | b"tbody" => Self::RowGroup { foot: false },
            b"tfoot" => Self::RowGroup { foot: true },
            b"tr" => Self::Row,
            b"td" => Self::Cell { head: false },
            b"th" => Self::Cell { head: true },
            b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"center" | b"dd" | b"details"
            | b"dialog" | b"dir" | b"div" | b"dl" | b"dt" | b"fieldset" | b"figcaption" | b"figure" | b"footer"
            | b"form" | b"head" | b"header" | b"hgroup" | b"hr" | b"html" | b"legend" | b"li" | b"main" | b"menu"
            | b"nav" | b"ol" | b"optgroup" | b"p" | b"search" | b"section" | b"summary" | b"ul" => Self::Block,
            _ => Self::Inline,
        }
    }
}
