use gouji::*;
use std::time::Instant;
fn main() {
    let files: Vec<Vec<u8>> = walk("/tmp/c100");
    let (core, packs) = pack::builtin();
    let voc = bind::Vocabulary::new(packs);
    let limits = limits::Limits::default();
    let ck = checker::Checker::default();
    for _ in 0..2 {
        let t = |name: &str, f: &dyn Fn(&[u8])| {
            for b in &files {
                f(b)
            }
            let mut best = f64::MAX;
            for _ in 0..15 {
                let s = Instant::now();
                for b in &files {
                    f(b)
                }
                best = best.min(s.elapsed().as_secs_f64() * 1e6 / files.len() as f64);
            }
            println!("{name}: {:.1}", best);
        };
        t("utf8", &|b| {
            std::hint::black_box(std::str::from_utf8(b).unwrap());
        });
        t("pulldown", &|b| {
            let s = std::str::from_utf8(b).unwrap();
            for e in pulldown_cmark::Parser::new_ext(s, pulldown_cmark::Options::ENABLE_TABLES).into_offset_iter() {
                std::hint::black_box(e);
            }
        });
        t("read", &|b| {
            std::hint::black_box(read::read("a.md", b, &limits).unwrap());
        });
        t("read+bind", &|b| {
            let d = read::read("a.md", b, &limits).unwrap();
            std::hint::black_box(bind::bind(&d, core, packs, &voc).unwrap());
        });
        t("read+bind+check", &|b| {
            let d = read::read("a.md", b, &limits).unwrap();
            let x = bind::bind(&d, core, packs, &voc).unwrap();
            std::hint::black_box(check::check(&x.pack, &x.facts));
        });
        t("checker", &|b| {
            std::hint::black_box(ck.check("a.md", b));
        });
    }
}
fn walk(p: &str) -> Vec<Vec<u8>> {
    std::fs::read_dir(p).unwrap().map(|e| std::fs::read(e.unwrap().path()).unwrap()).collect()
}
