//! Two sequences compared: the best in-order matching of what a document prints with what the form prints.

/// A possible match of an item with a target, by index, and its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    pub item: usize,
    pub target: usize,
    pub weight: u32,
}

/// Picks candidates such that items and targets both increase strictly and the weights add up to the most. Among equals
/// the earlier item wins. `candidates` are in the order of their items; `targets` is one past the highest target.
///
/// Costs candidates × targets, so a million rows against a form of thirty are still cheap.
pub fn in_order(candidates: &[Candidate], targets: usize) -> Vec<Candidate> {
    // Nearly always every item has one target, and they are in order: there is nothing to choose.
    if candidates.windows(2).all(|pair| pair[0].item < pair[1].item && pair[0].target < pair[1].target) {
        return candidates.to_vec();
    }
    // best[t]: weight and last candidate of the best chain whose last target is below t.
    let mut best: Vec<(u32, Option<usize>)> = vec![(0, None); targets + 1];
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
    let mut chains: Vec<(u32, usize)> = Vec::new();
    let mut at = 0;
    while at < candidates.len() {
        let item = candidates[at].item;
        let end = at + candidates[at..].iter().take_while(|candidate| candidate.item == item).count();
        // All candidates of an item look at the chains before it, so that it is used once.
        chains.clear();
        for candidate in &candidates[at..end] {
            let (weight, last) = best[candidate.target];
            chains.push((weight + candidate.weight, candidate.target));
            previous.push(last);
        }
        for (offset, &(weight, target)) in chains.iter().enumerate() {
            for slot in &mut best[target + 1..] {
                if slot.0 >= weight {
                    break;
                }
                *slot = (weight, Some(at + offset));
            }
        }
        at = end;
    }
    let mut picked = Vec::new();
    let mut last = best[targets].1;
    while let Some(index) = last {
        picked.push(candidates[index]);
        last = previous[index];
    }
    picked.reverse();
    picked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(candidates: &[(usize, usize, u32)], targets: usize) -> Vec<(usize, usize)> {
        let candidates: Vec<_> =
            candidates.iter().map(|&(item, target, weight)| Candidate { item, target, weight }).collect();
        in_order(&candidates, targets).iter().map(|c| (c.item, c.target)).collect()
    }

    #[test]
    fn the_same_label_in_two_places_goes_to_each_in_turn() {
        let both = [(0, 1, 5), (0, 3, 5), (1, 1, 5), (1, 3, 5)];
        assert_eq!(pairs(&both, 4), [(0, 1), (1, 3)]);
    }

    #[test]
    fn one_stray_item_does_not_shift_the_rest() {
        let stray = [(0, 0, 5), (1, 9, 5), (2, 1, 5), (3, 2, 5)];
        assert_eq!(pairs(&stray, 10), [(0, 0), (2, 1), (3, 2)]);
    }

    #[test]
    fn the_first_of_two_equal_items_wins() {
        assert_eq!(pairs(&[(0, 0, 5), (1, 0, 5), (2, 1, 5)], 2), [(0, 0), (2, 1)]);
        assert_eq!(pairs(&[(0, 0, 5), (1, 0, 7)], 1), [(1, 0)]);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(pairs(&[], 0).is_empty());
    }
}
