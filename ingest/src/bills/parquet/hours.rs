//! A column of times as hours since the epoch.
use super::codes::Codes;
use super::time;
use crate::bills::moment;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};

/// The hours of a batch of rows. Times that are texts are read once each.
#[derive(Debug)]
pub(super) struct Hours {
    /// None for what is no time.
    pub(super) rows: Vec<Option<i32>>,
    texts: Codes,
    of_texts: Vec<Option<i32>>,
    codes: Vec<u32>,
}

impl Hours {
    pub(super) fn new() -> Self {
        Self { rows: Vec::new(), texts: Codes::new(None), of_texts: Vec::new(), codes: Vec::new() }
    }

    /// Reads a column; an error is the name of a type that has no text.
    pub(super) fn read(&mut self, array: &ArrayRef) -> Result<(), String> {
        self.rows.clear();
        if let DataType::Timestamp(unit, _) = array.data_type() {
            let values = match unit {
                TimeUnit::Second => array.as_primitive::<TimestampSecondType>().values(),
                TimeUnit::Millisecond => array.as_primitive::<TimestampMillisecondType>().values(),
                TimeUnit::Microsecond => array.as_primitive::<TimestampMicrosecondType>().values(),
                TimeUnit::Nanosecond => array.as_primitive::<TimestampNanosecondType>().values(),
            };
            // Neighboring rows are mostly of the same time.
            let (mut before, mut hour) = (0, Some(0));
            for (row, value) in values.iter().enumerate() {
                if *value != before {
                    (before, hour) = (*value, time::seconds(*value, *unit).map(of));
                }
                self.rows.push(hour.filter(|_| array.is_valid(row)));
            }
            return Ok(());
        }
        self.texts.of(array, &mut self.codes)?;
        for word in &self.texts.words()[self.of_texts.len()..] {
            self.of_texts.push(moment::read(word.trim_ascii()).map(|(seconds, _)| of(seconds)));
        }
        self.rows.extend(self.codes.iter().map(|code| self.of_texts[*code as usize]));
        Ok(())
    }
}

/// Years 0 to 9999 are 88 million hours at most.
fn of(seconds: i64) -> i32 {
    seconds.div_euclid(3600) as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{Date32Array, StringArray, TimestampMicrosecondArray};
    use std::sync::Arc;

    #[test]
    fn times_of_every_type_are_hours() {
        let mut hours = Hours::new();
        let at = 1_772_337_600_000_000;
        let typed =
            TimestampMicrosecondArray::from(vec![Some(at), Some(at + 1), None, Some(i64::MAX), Some(-1), Some(0)]);
        hours.read(&(Arc::new(typed) as ArrayRef)).unwrap();
        assert_eq!(hours.rows, [Some(492_316), Some(492_316), None, None, Some(-1), Some(0)]);
        hours.read(&(Arc::new(StringArray::from(vec!["2026-03-01T04:30:00Z", "", "x"])) as ArrayRef)).unwrap();
        assert_eq!(hours.rows, [Some(492_316), None, None]);
        hours.read(&(Arc::new(Date32Array::from(vec![20_513])) as ArrayRef)).unwrap();
        assert_eq!(hours.rows, [Some(492_312)]);
    }
}
