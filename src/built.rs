//! What the program has of its own TOML files: `build.rs` has read them, and they are kept as text that needs no parser.
//!
//! A value is its kind, the length of its content in bytes, and its content: `s6:公开` is a text, `i2:42` a number, `b4:true` a
//! truth; the content of `a` are values, that of `t` keys and values in turn. What nobody asks for is passed over by its length.

use std::fmt::{self, Display};

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// A hash of all these files: programs of one version differ where they have others.
pub const RULES: &str = env!("GOUJI_RULES");

/// A file of the program; its path is that of the TOML file, from the root of the crate.
macro_rules! built {
    ($path:literal) => {
        $crate::built::Built(include_str!(concat!(env!("OUT_DIR"), "/", $path, ".built")))
    };
}
pub(crate) use built;

/// A file as it was built.
#[derive(Debug, Clone, Copy)]
pub struct Built(pub(crate) &'static str);

/// What a built file was expected to be and is not.
#[derive(Debug)]
pub struct Error(String);

impl std::error::Error for Error {}

impl Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl serde::de::Error for Error {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl Built {
    /// All of it.
    ///
    /// # Errors
    /// Where it is no `T`.
    pub fn read<T: Deserialize<'static>>(self) -> Result<T, Error> {
        self.read_only(|_| true)
    }

    /// The keys of the outermost table that are meant, as if there were no others.
    ///
    /// # Errors
    /// Where these are no `T`.
    pub fn read_only<T: Deserialize<'static>>(self, is_meant: fn(&str) -> bool) -> Result<T, Error> {
        let mut rest = self.0;
        T::deserialize(Value { is_meant, ..Value::next(&mut rest)? })
    }
}

/// A value: its kind and its content.
#[derive(Clone, Copy)]
struct Value<'de> {
    kind: u8,
    content: &'de str,
    /// Of a table: the keys that are meant.
    is_meant: fn(&str) -> bool,
}

impl<'de> Value<'de> {
    /// The value that `rest` begins with; what is behind it is left there.
    fn next(rest: &mut &'de str) -> Result<Self, Error> {
        let cut_off = || Error::custom("cut off");
        let (head, behind) = rest.split_once(':').ok_or_else(cut_off)?;
        let length = head.get(1..).and_then(|length| length.parse().ok()).ok_or_else(cut_off)?;
        let (content, behind) = behind.split_at_checked(length).ok_or_else(cut_off)?;
        *rest = behind;
        Ok(Self { kind: head.as_bytes()[0], content, is_meant: |_| true })
    }
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Error;

    /// It is no text that a person has written: there are no places in it.
    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.kind {
            b's' => visitor.visit_borrowed_str(self.content),
            b'i' => visitor.visit_i64(self.content.parse().map_err(Error::custom)?),
            b'b' => visitor.visit_bool(self.content == "true"),
            b'a' => visitor.visit_seq(Parts { rest: self.content, is_meant: self.is_meant }),
            _ => visitor.visit_map(Parts { rest: self.content, is_meant: self.is_meant }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(BorrowedStrDeserializer::new(self.content))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}

/// What is left of the content of a value.
struct Parts<'de> {
    rest: &'de str,
    is_meant: fn(&str) -> bool,
}

impl<'de> Parts<'de> {
    fn next(&mut self) -> Result<Option<Value<'de>>, Error> {
        (!self.rest.is_empty()).then(|| Value::next(&mut self.rest)).transpose()
    }
}

impl<'de> SeqAccess<'de> for Parts<'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.next()?.map(|value| seed.deserialize(value)).transpose()
    }
}

impl<'de> MapAccess<'de> for Parts<'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        while let Some(key) = self.next()? {
            if (self.is_meant)(key.content) {
                return seed.deserialize(key).map(Some);
            }
            self.next()?;
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(Value::next(&mut self.rest)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_built_is_what_the_files_say() {
        for (path, built) in [
            ("rules/core", built!("rules/core")),
            ("rules/zfxxgk-2021", built!("rules/zfxxgk-2021")),
            ("rules/zfxxgk-2019", built!("rules/zfxxgk-2019")),
            ("rules/zfxxgk-2014", built!("rules/zfxxgk-2014")),
            ("rules/zfxxgk-coded", built!("rules/zfxxgk-coded")),
            ("rules/wzbb", built!("rules/wzbb")),
            ("rules/bmjs", built!("rules/bmjs")),
            ("src/message/zh", built!("src/message/zh")),
            ("src/message/en", built!("src/message/en")),
        ] {
            let file = format!("{}/{path}.toml", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(file).expect("a file of ours");
            let written: toml::Value = toml::from_str(&text).expect("TOML");
            assert_eq!(built.read::<toml::Value>().expect("a value"), written, "{path}");
        }
    }

    #[test]
    fn keys_that_are_not_meant_are_passed_over() {
        #[derive(serde::Deserialize, Debug, PartialEq)]
        #[serde(deny_unknown_fields)]
        struct Form {
            id: String,
            rows: Vec<u16>,
            is_open: Option<bool>,
        }
        let file = Built("t59:s2:ids3:表s4:rowsa9:i1:3i2:42s4:cases2:{}s7:is_openb4:true");
        let form = file.read_only::<Form>(|key| key != "case").expect("a form");
        assert_eq!(form, Form { id: "表".to_owned(), rows: vec![3, 42], is_open: Some(true) });
        assert!(file.read::<Form>().is_err(), "no form has a case");
        assert!(Built("t57:s2:ids9:表").read::<Form>().is_err(), "cut off");
    }
}
