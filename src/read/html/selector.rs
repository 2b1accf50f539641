//! Selectors of style sheets: names, classes and ids of an element, and of those that it is within. What depends on
//! anything else is for no element.

/// An element by its start tag; names in lower case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'t> {
    pub tag: &'t [u8],
    pub classes: &'t str,
    pub id: &'t str,
}

/// `.notes p > span.old`: parts from the outermost in.
#[derive(Debug)]
pub(super) struct Selector {
    parts: Vec<Part>,
    /// How many ids, classes and names it has.
    pub narrow: [u8; 3],
}

/// `tag.class#id`, each of these lower-case and perhaps absent.
#[derive(Debug, Default)]
struct Part {
    tag: String,
    classes: Vec<String>,
    id: String,
    /// Right within the part before.
    is_child: bool,
}

/// Up to which part a selector applies: to an element itself, and to any around it. A bit for each part.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Reached {
    itself: u8,
    around: u8,
}

impl Selector {
    /// Longer ones are for no element.
    const MOST: usize = 6;

    /// None where it is of another kind.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase().replace('>', " > ");
        let mut parts: Vec<Part> = Vec::new();
        let mut is_child = false;
        for word in text.split_ascii_whitespace() {
            if word == ">" {
                is_child = true;
                continue;
            }
            let is_child = std::mem::take(&mut is_child);
            parts.push(Part { is_child, ..Part::read(word)? });
        }
        if is_child || parts.is_empty() || parts.len() > Self::MOST {
            return None;
        }
        let count = |each: fn(&Part) -> usize| u8::try_from(parts.iter().map(each).sum::<usize>()).unwrap_or(u8::MAX);
        let narrow = [
            count(|part| usize::from(!part.id.is_empty())),
            count(|part| part.classes.len()),
            count(|part| usize::from(!part.tag.is_empty())),
        ];
        Some(Self { parts, narrow })
    }

    /// Whether it is for the whole page.
    pub(super) fn is_of_page(&self) -> bool {
        self.parts.last().is_some_and(|part| matches!(part.tag.as_str(), "html" | "body"))
    }

    /// Whether it looks at what an element is within.
    pub(super) fn looks_around(&self) -> bool {
        self.parts.len() > 1
    }

    /// How far it applies to an element within one to which it applies so far.
    pub(super) fn reach(&self, around: Reached, element: Named<'_>) -> Reached {
        let mut itself = 0;
        for (at, part) in self.parts.iter().enumerate() {
            let is_reached = match at.checked_sub(1) {
                None => true,
                Some(before) if part.is_child => around.itself & 1 << before != 0,
                Some(before) => around.around & 1 << before != 0,
            };
            if is_reached && part.applies(element) {
                itself |= 1 << at;
            }
        }
        Reached { itself, around: around.around | itself }
    }

    /// Whether it is for the element that this was reached with.
    pub(super) fn applies(&self, reached: Reached) -> bool {
        reached.itself & 1 << (self.parts.len() - 1) != 0
    }
}

/// Whether a selector is only for what the reader does, or for what is added before and behind.
pub(super) fn waits_for_reader(selector: &str) -> bool {
    [":hover", ":focus", ":active", ":visited", ":target", ":before", ":after", "::"]
        .iter()
        .any(|state| selector.contains(state))
}

impl Part {
    fn read(text: &str) -> Option<Self> {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let mut part = Self::default();
        let mut rest = text.strip_prefix('*').unwrap_or(text);
        while !rest.is_empty() {
            let mark = rest.chars().next().filter(|c| !is_name(*c));
            let named = &rest[mark.map_or(0, char::len_utf8)..];
            let (name, behind) = named.split_at(named.find(|c| !is_name(c)).unwrap_or(named.len()));
            match mark {
                _ if name.is_empty() => return None,
                None => name.clone_into(&mut part.tag),
                Some('#') => name.clone_into(&mut part.id),
                Some('.') => part.classes.push(name.to_owned()),
                Some(_) => return None,
            }
            rest = behind;
        }
        Some(part)
    }

    fn applies(&self, element: Named<'_>) -> bool {
        let has = |class: &String| element.classes.split_ascii_whitespace().any(|own| own.eq_ignore_ascii_case(class));
        (self.tag.is_empty() || self.tag.as_bytes() == element.tag)
            && (self.id.is_empty() || self.id.eq_ignore_ascii_case(element.id))
            && self.classes.iter().all(has)
    }
}
