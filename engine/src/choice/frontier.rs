//! What nothing else beats in everything that counts.

/// The places of the options that no other option is at least as good as in every respect and better in one; less is
/// better. Of equal options the first is kept. In the order given.
///
/// ```
/// use plimsoll::choice::undominated;
/// let cost_and_risk = [[10.0, 0.05], [12.0, 0.01], [13.0, 0.02], [9.0, 0.4]];
/// assert_eq!(undominated(&cost_and_risk), [0, 1, 3]);
/// ```
pub fn undominated<const N: usize>(options: &[[f64; N]]) -> Vec<usize> {
    let beats = |a: &[f64; N], b: &[f64; N]| a.iter().zip(b).all(|(x, y)| x <= y) && a != b;
    let is_kept = |&place: &usize| {
        let option = &options[place];
        !options.iter().any(|other| beats(other, option)) && !options[..place].contains(option)
    };
    (0..options.len()).filter(is_kept).collect()
}
