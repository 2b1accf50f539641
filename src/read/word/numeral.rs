//! Numbers as automatic numbering prints them.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL_DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// The number in a numbering format, by the name that the file has for it. Nothing for the formats that print none;
/// plain digits for those we do not know.
pub(super) fn numeral(format: &str, number: u32) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => counted(number, &DIGITS, ['十', '百', '千']),
        "chineseLegalSimplified" | "ideographLegalTraditional" => counted(number, &FORMAL_DIGITS, ['拾', '佰', '仟']),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            number.to_string().bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect()
        }
        "decimalFullWidth" | "decimalFullWidth2" => number.to_string().chars().map(full_width).collect(),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => one_of('①', 20, number),
        "decimalEnclosedParen" => one_of('⑴', 20, number),
        "decimalEnclosedFullstop" => one_of('⒈', 20, number),
        "ideographEnclosedCircle" => one_of('㊀', 10, number),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letter('A', number),
        "lowerLetter" => letter('a', number),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

/// 「二十一」, up to 9,999.
fn counted(number: u32, digits: &[char; 10], units: [char; 3]) -> String {
    if number == 0 || number > 9999 {
        return if number == 0 { digits[0].to_string() } else { number.to_string() };
    }
    let mut text = String::new();
    let mut zeros = false;
    for (place, unit) in [(1000, Some(units[2])), (100, Some(units[1])), (10, Some(units[0])), (1, None)] {
        let digit = (number / place % 10) as usize;
        if digit == 0 {
            zeros = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut zeros) {
            text.push('零');
        }
        // Ten to nineteen begin with the ten itself.
        let is_bare_ten = place == 10 && digit == 1 && text.is_empty() && units[0] == '十';
        if !is_bare_ten {
            text.push(digits[digit]);
        }
        text.extend(unit);
    }
    text
}

fn full_width(digit: char) -> char {
    char::from_u32(u32::from(digit) - u32::from('0') + u32::from('０')).unwrap_or(digit)
}

/// The sign for a number among `count` signs that follow each other from `first` on.
fn one_of(first: char, count: u32, number: u32) -> String {
    let sign = (1..=count).contains(&number).then(|| char::from_u32(u32::from(first) + number - 1)).flatten();
    sign.map_or_else(|| number.to_string(), String::from)
}

fn roman(number: u32) -> String {
    const HUNDREDS: [&str; 10] = ["", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM"];
    const TENS: [&str; 10] = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"];
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let at = |place: u32| (number / place % 10) as usize;
    ["M".repeat(at(1000)).as_str(), HUNDREDS[at(100)], TENS[at(10)], ONES[at(1)]].concat()
}

/// A … Z, AA, BB and so on.
fn letter(first: char, number: u32) -> String {
    const ALPHABET: u32 = 26;
    const MOST: u32 = ALPHABET * 30;
    if number == 0 || number > MOST {
        return number.to_string();
    }
    let sign = char::from_u32(u32::from(first) + (number - 1) % ALPHABET).unwrap_or(first);
    std::iter::repeat_n(sign, ((number - 1) / ALPHABET) as usize + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn numbers_are_printed_as_a_word_processor_prints_them() {
        let all = |format: &str, numbers: &[u32]| {
            numbers.iter().map(|&number| numeral(format, number)).collect::<Vec<_>>().join(" ")
        };
        let chinese = all("chineseCounting", &[0, 1, 10, 11, 20, 35, 100, 101, 110, 1020, 9999, 10_000]);
        assert_eq!(chinese, "〇 一 十 十一 二十 三十五 一百 一百零一 一百一十 一千零二十 九千九百九十九 10000");
        assert_eq!(all("chineseLegalSimplified", &[1, 10, 21]), "壹 壹拾 贰拾壹");
        assert_eq!(all("ideographDigital", &[10, 25]), "一〇 二五");
        assert_eq!(all("decimalEnclosedCircleChinese", &[1, 20, 21]), "① ⑳ 21");
        assert_eq!(all("upperRoman", &[4, 9, 1994, 0]), "IV IX MCMXCIV 0");
        assert_eq!(all("lowerLetter", &[1, 26, 27, 53]), "a z aa aaa");
        assert_eq!(all("decimalFullWidth", &[12]), "１２");
        assert_eq!(all("decimalZero", &[3, 12]), "03 12");
        assert_eq!((numeral("bullet", 3), numeral("hex", 17)), (String::new(), "17".to_owned()));
    }
}
