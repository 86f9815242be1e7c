//! JSON lists that come in pages, one after the other in a file: an object with the rows under a name, or the rows alone.
use super::input::Input;
use super::list::Tally;
use crate::problem::Problem;

/// How the pages of an API look.
pub(super) struct Pages {
    /// Where the rows stand.
    pub(super) rows: &'static str,
    /// What leads to the next page; empty on the last.
    pub(super) next: &'static str,
    /// Takes one row.
    pub(super) row: fn(&mut Input<'_>, &mut Tally) -> Result<(), Problem>,
    /// Takes any other field.
    pub(super) other: fn(&mut Input<'_>, &str) -> Result<(), Problem>,
}

impl Pages {
    /// Reads all of them. Fails on a file that holds no such rows.
    pub(super) fn read(&self, input: &mut Input<'_>, tally: &mut Tally) -> Result<(), Problem> {
        let (mut is_list, mut goes_on) = (false, false);
        while let Some(sign) = input.next_sign()? {
            // The rows alone, as some tools keep them.
            if sign == b'[' {
                is_list = true;
                input.array(|input| (self.row)(input, tally))?;
                continue;
            }
            input.object(|input, name| {
                if name == self.next {
                    goes_on = !input.value()?.words(&[]).is_empty();
                    Ok(())
                } else if name == self.rows {
                    is_list = true;
                    input.array(|input| (self.row)(input, tally))
                } else {
                    (self.other)(input, name)
                }
            })?;
        }
        tally.list.goes_on = goes_on;
        if is_list { Ok(()) } else { Err(tally.wrong_format()) }
    }
}
