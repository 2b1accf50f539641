//! What the binary formats share: packed numbers, and sums as tokens.

/// A number in 30 bits, if it can be had so: whole ones as such, those with two decimals as hundredths.
pub fn packed(number: f64) -> Option<u32> {
    let fits = |number: f64| number.fract() == 0.0 && number.abs() < f64::from(1 << 28);
    if fits(number) {
        return Some(((number as i32) << 2) as u32 | 2);
    }
    let hundredths = (number * 100.0).round();
    (fits(hundredths) && (hundredths / 100.0).to_bits() == number.to_bits())
        .then_some(((hundredths as i32) << 2) as u32 | 3)
}

/// `SUM(B3:B5,B7)` or `B3+B4` as tokens; `wide` as `.xlsb` has them.
pub fn tokens(sum: &str, wide: bool) -> Vec<u8> {
    let Some(arguments) = sum.strip_prefix("SUM(").and_then(|rest| rest.strip_suffix(')')) else {
        let mut terms = sum.split('+').map(|cell| operand(cell, wide));
        let first = terms.next().expect("a term");
        return terms.fold(first, |sum, term| [sum, term, vec![0x03]].concat());
    };
    let operands: Vec<Vec<u8>> = arguments.split(',').map(|argument| operand(argument, wide)).collect();
    let call = match operands.len() {
        1 => vec![0x19, 0x10, 0, 0],
        count => vec![0x42, count as u8, 4, 0],
    };
    [operands.concat(), call].concat()
}

/// A cell or an area, both relative.
fn operand(text: &str, wide: bool) -> Vec<u8> {
    let corners: Vec<(u32, u16)> = text.split(':').map(cell).collect();
    let mut bytes = vec![if corners.len() > 1 { 0x25 } else { 0x44 }];
    for (row, _) in &corners {
        bytes.extend(&row.to_le_bytes()[..if wide { 4 } else { 2 }]);
    }
    bytes.extend(corners.iter().flat_map(|(_, column)| (column | 0xc000).to_le_bytes()));
    bytes
}

/// Row and column of `C12`.
fn cell(name: &str) -> (u32, u16) {
    let (letters, digits) = name.split_at(name.find(|c: char| c.is_ascii_digit()).expect("a row"));
    let column = letters.bytes().fold(0, |column, letter| column * 26 + u16::from(letter - b'A') + 1);
    (digits.parse::<u32>().expect("a row") - 1, column - 1)
}
