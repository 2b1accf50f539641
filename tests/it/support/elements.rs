//! The elements of a page that we have written.

use html5gum::{Token, Tokenizer};

/// An element as it begins.
#[derive(Debug)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// The text right in it.
    pub text: String,
}

impl Element {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn is(&self, name: &str, class: &str) -> bool {
        self.name == name && self.get("class").is_some_and(|classes| classes.split(' ').any(|known| known == class))
    }
}

/// Elements in order; fails where tags do not match.
pub fn elements(page: &str) -> Vec<Element> {
    const VOID: [&str; 2] = ["meta", "input"];
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let (mut elements, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    for token in Tokenizer::new(page).flatten() {
        match token {
            Token::StartTag(tag) => {
                let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
                elements.push(Element { name: text(&tag.name), attributes, text: String::new() });
                if !VOID.contains(&text(&tag.name).as_str()) {
                    open.push(elements.len() - 1);
                }
            }
            Token::EndTag(tag) => {
                let last = open.pop().map(|index| elements[index].name.as_str());
                assert_eq!(last, Some(text(&tag.name).as_str()), "tags do not match");
            }
            Token::String(string) => {
                if let Some(&index) = open.last() {
                    elements[index].text.push_str(&text(&string));
                }
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    elements
}

/// Bytes as a policy names the hash of a script.
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letter = |group: &[u8], index: usize| {
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        if index <= group.len() { char::from(LETTERS[(bits >> (18 - 6 * index)) as usize & 63]) } else { '=' }
    };
    bytes.chunks(3).flat_map(|group| (0..4).map(move |index| letter(group, index))).collect()
}
