use gouji::*;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let doc = read::read(&path, &bytes, &limits::Limits::default()).unwrap();
    let (core, packs) = pack::builtin();
    let Some(b) = bind::bind(&doc, core, packs) else {
        println!("unknown form");
        return;
    };
    println!("titles {:?}\nperiods {:?} tables_only {}", b.facts.titles, b.facts.periods, b.facts.tables_only);
    for (s, f) in b.pack.sections.iter().zip(&b.facts.sections) {
        println!(
            "{} -> {:?} content {} text {}",
            s.title,
            f.heading.as_ref().map(|h| (h.text, &h.ordinal, h.misplaced)),
            f.has_content,
            f.text.len()
        );
    }
    for (t, f) in b.pack.tables.iter().zip(&b.facts.tables) {
        println!("== {} {:?} missing cols {:?} extra {:?}", t.name, f.location, f.missing_columns, f.extra);
        for (i, r) in t.rows.iter().enumerate() {
            let v: Vec<String> = b
                .pack
                .row_figures(b.pack.tables.iter().position(|x| x.id == t.id).unwrap(), i)
                .map(|k| {
                    let x = &b.facts.figures[k];
                    format!("{:?}:{}", x.number().map(|n| n.to_string()).unwrap_or(format!("{:?}", x.value)), x.found)
                })
                .collect();
            println!(
                "{} {:?} {}",
                r.id,
                (f.rows[i].uncertain, f.rows[i].misplaced, f.rows[i].figures_found),
                v.join(" ")
            );
        }
    }
}
