//! The cells of a column as the text that a CSV has, whatever type they are of.
use super::{nested, number, time};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, Time32MillisecondType,
    Time32SecondType, Time64MicrosecondType, Time64NanosecondType, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, PrimitiveArray};
use arrow_schema::{DataType, TimeUnit};
use std::cell::RefCell;

/// Whether a cell is a text or a number in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A text: quoted in JSON.
    Text,
    /// A number or a truth, or JSON already: stands for itself.
    Bare,
}

/// Writes the cell of a row, which is not null.
type Write<'a> = Box<dyn Fn(usize, &mut Vec<u8>) + 'a>;

/// The cells of a column in a batch of rows.
pub(super) struct Values<'a> {
    array: &'a dyn Array,
    write: Write<'a>,
    pub(super) form: Form,
}

impl<'a> Values<'a> {
    /// Of an array; an error is the name of a type that has no text.
    pub(super) fn of(array: &'a dyn Array) -> Result<Self, String> {
        let (write, form) = written(array)?;
        Ok(Self { array, write, form })
    }
    /// Whether the cell of a row is null.
    #[inline]
    pub(super) fn is_null(&self, row: usize) -> bool {
        self.array.is_null(row)
    }
    /// Writes the cell of a row; nothing for null.
    #[inline]
    pub(super) fn write(&self, row: usize, out: &mut Vec<u8>) {
        if !self.is_null(row) {
            (self.write)(row, out);
        }
    }
}

fn written<'a>(array: &'a dyn Array) -> Result<(Write<'a>, Form), String> {
    let text = |write: Write<'a>| (write, Form::Text);
    let bare = |write: Write<'a>| (write, Form::Bare);
    let told = match array.data_type() {
        DataType::Null => bare(Box::new(|_, _| {})),
        DataType::Boolean => {
            let all = array.as_boolean();
            bare(Box::new(|row, out| out.extend_from_slice(if all.value(row) { b"true" } else { b"false" })))
        }
        DataType::Int8 => bare(whole::<Int8Type>(array)),
        DataType::Int16 => bare(whole::<Int16Type>(array)),
        DataType::Int32 => bare(whole::<Int32Type>(array)),
        DataType::Int64 => bare(whole::<Int64Type>(array)),
        DataType::UInt8 => bare(whole::<UInt8Type>(array)),
        DataType::UInt16 => bare(whole::<UInt16Type>(array)),
        DataType::UInt32 => bare(whole::<UInt32Type>(array)),
        DataType::UInt64 => bare(whole::<UInt64Type>(array)),
        DataType::Float16 => {
            each::<Float16Type>(array, |out, value| number::binary_short(out, value.into()), Form::Bare)
        }
        DataType::Float32 => each::<Float32Type>(array, number::binary_short, Form::Bare),
        DataType::Float64 => each::<Float64Type>(array, number::binary, Form::Bare),
        DataType::Decimal32(_, scale) => bare(decimal::<Decimal32Type>(array, *scale)),
        DataType::Decimal64(_, scale) => bare(decimal::<Decimal64Type>(array, *scale)),
        DataType::Decimal128(_, scale) => bare(decimal::<Decimal128Type>(array, *scale)),
        DataType::Decimal256(_, scale) => bare(wide_decimal(array, *scale)),
        DataType::Utf8 => bytes(array.as_string::<i32>(), |all, row| all.value(row).as_bytes()),
        DataType::LargeUtf8 => bytes(array.as_string::<i64>(), |all, row| all.value(row).as_bytes()),
        DataType::Utf8View => bytes(array.as_string_view(), |all, row| all.value(row).as_bytes()),
        DataType::Binary => bytes(array.as_binary::<i32>(), |all, row| all.value(row)),
        DataType::LargeBinary => bytes(array.as_binary::<i64>(), |all, row| all.value(row)),
        DataType::BinaryView => bytes(array.as_binary_view(), |all, row| all.value(row)),
        DataType::FixedSizeBinary(_) => {
            let all = array.as_fixed_size_binary();
            text(Box::new(|row, out| {
                all.value(row).iter().for_each(|byte| out.extend_from_slice(format!("{byte:02x}").as_bytes()));
            }))
        }
        DataType::Date32 => each::<Date32Type>(array, |out, days| time::date(out, days.into()), Form::Text),
        DataType::Date64 => {
            each::<Date64Type>(array, |out, at| time::moment(out, at, TimeUnit::Millisecond, false), Form::Text)
        }
        DataType::Timestamp(unit, zone) => {
            let (unit, is_universal) = (*unit, zone.is_some());
            // Neighboring rows are mostly of the same time.
            let last: RefCell<(Option<i64>, Vec<u8>)> = RefCell::default();
            let moment = move |out: &mut Vec<u8>, at| {
                let (before, text) = &mut *last.borrow_mut();
                if *before != Some(at) {
                    *before = Some(at);
                    text.clear();
                    time::moment(text, at, unit, is_universal);
                }
                out.extend_from_slice(text);
            };
            match unit {
                TimeUnit::Second => each::<TimestampSecondType>(array, moment, Form::Text),
                TimeUnit::Millisecond => each::<TimestampMillisecondType>(array, moment, Form::Text),
                TimeUnit::Microsecond => each::<TimestampMicrosecondType>(array, moment, Form::Text),
                TimeUnit::Nanosecond => each::<TimestampNanosecondType>(array, moment, Form::Text),
            }
        }
        DataType::Time32(unit) | DataType::Time64(unit) => {
            let unit = *unit;
            match unit {
                TimeUnit::Second => {
                    each::<Time32SecondType>(array, move |out, at| time::of_day(out, at.into(), unit), Form::Text)
                }
                TimeUnit::Millisecond => {
                    each::<Time32MillisecondType>(array, move |out, at| time::of_day(out, at.into(), unit), Form::Text)
                }
                TimeUnit::Microsecond => {
                    each::<Time64MicrosecondType>(array, move |out, at| time::of_day(out, at, unit), Form::Text)
                }
                TimeUnit::Nanosecond => {
                    each::<Time64NanosecondType>(array, move |out, at| time::of_day(out, at, unit), Form::Text)
                }
            }
        }
        DataType::Dictionary(_, _) => {
            let all = array.as_any_dictionary();
            let words = Values::of(&**all.values())?;
            if all.values().is_empty() {
                return Ok(bare(Box::new(|_, _| {})));
            }
            let keys = all.normalized_keys();
            let form = words.form;
            let write: Write<'a> = Box::new(move |row, out| words.write(keys[row], out));
            (write, form)
        }
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => bare(nested::list(array)?),
        DataType::Struct(_) => bare(nested::object(array.as_struct())?),
        DataType::Map(..) => bare(nested::map(array.as_map())?),
        other => return Err(other.to_string()),
    };
    Ok(told)
}

fn each<'a, T: ArrowPrimitiveType>(
    array: &'a dyn Array,
    write: impl Fn(&mut Vec<u8>, T::Native) + 'a,
    form: Form,
) -> (Write<'a>, Form) {
    let all: &PrimitiveArray<T> = array.as_primitive();
    (Box::new(move |row, out| write(out, all.value(row))), form)
}

fn whole<T: ArrowPrimitiveType<Native: Into<i128>>>(array: &dyn Array) -> Write<'_> {
    let all: &PrimitiveArray<T> = array.as_primitive();
    Box::new(|row, out| number::whole(out, all.value(row).into()))
}

fn decimal<T: ArrowPrimitiveType<Native: Into<i128>>>(array: &dyn Array, scale: i8) -> Write<'_> {
    let all: &PrimitiveArray<T> = array.as_primitive();
    Box::new(move |row, out| {
        let value: i128 = all.value(row).into();
        match i64::try_from(value) {
            Ok(short) => number::scaled_short(out, short, scale),
            Err(_) => number::scaled(out, value < 0, &value.unsigned_abs().to_string(), scale),
        }
    })
}

fn wide_decimal(array: &dyn Array, scale: i8) -> Write<'_> {
    let all: &PrimitiveArray<Decimal256Type> = array.as_primitive();
    Box::new(move |row, out| {
        let text = all.value(row).to_string();
        let digits = text.strip_prefix('-').unwrap_or(&text);
        number::scaled(out, digits.len() < text.len(), digits, scale);
    })
}

fn bytes<'a, A: Array>(all: &'a A, value: fn(&'a A, usize) -> &'a [u8]) -> (Write<'a>, Form) {
    (Box::new(move |row, out| out.extend_from_slice(value(all, row))), Form::Text)
}
