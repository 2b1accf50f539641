//! Radicals of Chinese characters for the characters that they are. Fonts draw both with one glyph, and makers of PDF files
//! write down the one that comes first.

use unicode_normalization::UnicodeNormalization;

/// Those that compatibility normalization leaves as they are, by the equivalents that Unicode lists.
const SUPPLEMENT: &str = "⺁厂⺄乙⺈刀⺊卜⺌小⺍小⺎兀⺒巳⺓幺⺜日⺝月⺠民⺧牛⺩王⺫目⺬示⺮竹⺶羊⺼月⺽臼⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门\
    ⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀";

/// The character that a radical is; any other character as it is.
pub(super) fn plain(c: char) -> char {
    match c {
        '\u{2e80}'..='\u{2fdf}' => {
            let mut pairs = SUPPLEMENT.chars();
            while let (Some(radical), Some(character)) = (pairs.next(), pairs.next()) {
                if radical == c {
                    return character;
                }
            }
            std::iter::once(c).nfkc().next().unwrap_or(c)
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{SUPPLEMENT, plain};

    #[test]
    fn radicals_are_characters() {
        let plain: String = "⻘⼭⻓⾏⼀⻋民1".chars().map(plain).collect();
        assert_eq!(plain, "青山长行一车民1");
        let radicals = SUPPLEMENT.chars().step_by(2);
        assert!(radicals.clone().all(|c| ('\u{2e80}'..='\u{2eff}').contains(&c)));
        assert!(SUPPLEMENT.chars().skip(1).step_by(2).all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)));
    }
}
