//! One Parquet file: several readers, each at a group of rows of its own.
use super::bounds;
use super::guarded::guarded;
use super::record::{self, Record};
use super::source::Source;
use super::sums::Summing;
use super::table::Table;
use super::values::Values;
use super::wanted::Wanted;
use crate::bills::asked::Asked;
use crate::bills::dialect::Head;
use crate::bills::pipeline::{Out, unwritable};
use crate::bills::plan::Plan;
use crate::bills::split::Marks;
use crate::bills::tally::{Numbered, Place, Tally};
use crate::bills::worker::{Shift, Worker};
use crate::inputs::{Found, Opened};
use crate::problem::Problem;
use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Fields, Schema, TimeUnit};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder, RowSelection,
};
use parquet::basic::Type;
use std::fmt::Display;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// So many rows are looked at at once.
pub(super) const BATCH: usize = 4096;

/// A file whose columns are known.
pub(super) struct Parquet {
    about: ArrowReaderMetadata,
    pub(super) table: Table,
    /// How many rows each group has.
    pub(super) groups: Vec<usize>,
}

/// Reads one file.
pub(crate) fn file(
    input: &Found,
    opened: Opened,
    asked: &Asked,
    workers: &mut [Worker],
    out: Option<&Out<'_>>,
    progress: &(dyn Fn() + Sync),
) -> Result<(Plan, Tally), Vec<Problem>> {
    let name = &input.name;
    let source = Source::open(input, opened).map_err(|problem| vec![problem])?;
    let parquet = Parquet::open(name, &source).map_err(|problem| vec![problem])?;
    let plan = Plan::new(name, &parquet.head(), asked)?;
    let sums = out.is_none().then(|| Wanted::of(&plan, asked, &parquet.table)).flatten();
    let next = AtomicUsize::new(0);
    let broken: Mutex<Option<(usize, Problem)>> = Mutex::new(None);
    let stop = |group: usize, problem: Problem| {
        let mut broken = broken.lock().unwrap_or_else(PoisonError::into_inner);
        if broken.as_ref().is_none_or(|(first, _)| group < *first) {
            *broken = Some((group, problem));
        }
    };
    let work = |worker: &mut Worker| {
        let mut shift = Shift::new(worker, &plan, plan.understanding(asked), asked);
        let mut reader = match source.again(input) {
            Ok(source) => Reader { name, parquet: &parquet, source, record: Record::default(), progress },
            Err(error) => {
                stop(0, crate::inputs::problem(name, &error));
                return shift.finish();
            }
        };
        let mut summing = sums.as_ref().map(Summing::new);
        loop {
            let group = next.fetch_add(1, Ordering::Relaxed);
            if group >= parquet.groups.len() {
                break;
            }
            let read = match &mut summing {
                Some(summing) => summing.group(&mut reader, &mut shift, group),
                None => reader.group(&mut shift, group, None, out),
            };
            match read {
                Ok(true) => {}
                Ok(false) => break,
                Err(problem) => {
                    next.store(parquet.groups.len(), Ordering::Relaxed);
                    stop(group, problem);
                    break;
                }
            }
        }
        if let Some(summing) = &mut summing {
            summing.finish(&mut shift);
        }
        shift.finish()
    };
    // Line items are told from their repetitions by one reader: which of two is kept must not hang on who is faster.
    let readers = if plan.has_identity() { 1 } else { workers.len().min(parquet.groups.len().max(1)) };
    let mut tally = Tally::default();
    std::thread::scope(|scope| {
        let work = &work;
        let handles: Vec<_> = workers[..readers].iter_mut().map(|worker| scope.spawn(move || work(worker))).collect();
        for handle in handles {
            tally.merge(handle.join().expect("a reader does not panic"));
        }
    });
    match broken.into_inner().unwrap_or_else(PoisonError::into_inner) {
        None => Ok((plan, tally)),
        Some((_, problem)) => Err(vec![problem]),
    }
}

impl Parquet {
    /// Reads what the end of a file tells of it.
    pub(super) fn open(name: &str, source: &Source) -> Result<Self, Problem> {
        let refused = |refused| bounds::problem(name, refused);
        bounds::tail(source).map_err(refused)?;
        let damaged = |error: &dyn Display| damaged(name, None, error);
        // The schema that some writers keep beside the file's own is of their memory, not of the export.
        let options = || ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let about = guarded(|| ArrowReaderMetadata::load(source, options())).map_err(|error| damaged(&error))?;
        bounds::chunks(about.metadata()).map_err(refused)?;
        let mut groups = Vec::new();
        for rows in about.metadata().row_groups() {
            groups.push(usize::try_from(rows.num_rows()).map_err(|_| damaged(&"a group has less than no rows"))?);
        }
        let schema = Arc::new(Schema::new(kept(&about)));
        let again = || ArrowReaderMetadata::try_new(Arc::clone(about.metadata()), options().with_schema(schema));
        let about = guarded(again).map_err(|error| damaged(&error))?;
        let table = Table::of(about.schema().fields());
        Ok(Self { about, table, groups })
    }

    fn head(&self) -> Head {
        let marks = Marks { delimiter: b',', newline: b'\n' };
        let (header, numbered) = (self.table.header(), Numbered::Rows);
        Head { marks, header, text: String::new(), first_line: 1, numbered, rest: Vec::new() }
    }

    /// The batches of a group of rows, with these columns of the file. An error says how they are damaged.
    pub(super) fn batches(
        &self,
        source: &Source,
        group: usize,
        roots: &[usize],
        rows: Option<RowSelection>,
    ) -> Result<Batches, String> {
        bounds::room(source, self.about.metadata(), group, roots)?;
        let mask = ProjectionMask::roots(self.about.parquet_schema(), roots.iter().copied());
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(source.clone(), self.about.clone())
            .with_row_groups(vec![group])
            .with_projection(mask)
            .with_batch_size(BATCH);
        let inner = guarded(|| match rows {
            Some(rows) => builder.with_row_selection(rows).build(),
            None => builder.build(),
        });
        Ok(Batches { inner: Some(inner?) })
    }
}

/// The batches of a group of rows, up to the first that is damaged.
pub(super) struct Batches {
    inner: Option<ParquetRecordBatchReader>,
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, String>;
    fn next(&mut self) -> Option<Self::Item> {
        let inner = self.inner.as_mut()?;
        let next = guarded(|| inner.next().transpose()).transpose();
        if !matches!(next, Some(Ok(_))) {
            self.inner = None;
        }
        next
    }
}

/// The types in which columns are kept in memory: texts by their place in the file's pages, or by their place in the
/// dictionary where the file has one; times of the old kind in a unit that holds them all.
fn kept(about: &ArrowReaderMetadata) -> Fields {
    let leaves = about.parquet_schema();
    let kind = |root: usize| {
        let leaf = (0..leaves.num_columns()).find(|leaf| leaves.get_column_root_idx(*leaf) == root);
        leaf.map(|leaf| (leaf, leaves.column(leaf).physical_type()))
    };
    let has_dictionary = |leaf: usize| {
        let groups = about.metadata().row_groups();
        groups.iter().all(|rows| rows.column(leaf).dictionary_page_offset().is_some())
    };
    let fields = about.schema().fields().iter().enumerate().map(|(root, field)| {
        let kept = match (field.data_type(), kind(root)) {
            (DataType::Utf8, Some((leaf, _))) if has_dictionary(leaf) => {
                DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
            }
            (DataType::Utf8, _) => DataType::Utf8View,
            (DataType::Binary, _) => DataType::BinaryView,
            (DataType::Timestamp(_, None), Some((_, Type::INT96))) => DataType::Timestamp(TimeUnit::Millisecond, None),
            (other, _) => other.clone(),
        };
        Field::new(field.name(), kept, field.is_nullable())
    });
    fields.collect()
}

/// One reader at a file.
pub(super) struct Reader<'a> {
    name: &'a str,
    pub(super) parquet: &'a Parquet,
    pub(super) source: Source,
    record: Record,
    pub(super) progress: &'a (dyn Fn() + Sync),
}

impl Reader<'_> {
    /// Reads a group of rows, or some of them, with all their columns. False if there is no use in reading on.
    pub(super) fn group(
        &mut self,
        shift: &mut Shift<'_>,
        group: usize,
        some: Option<&[usize]>,
        out: Option<&Out<'_>>,
    ) -> Result<bool, Problem> {
        let all = self.parquet.groups[group];
        let wanted = some.map_or(all, <[usize]>::len);
        if some.is_none() {
            shift.begin(group, all);
        }
        let roots: Vec<usize> = (0..self.parquet.about.schema().fields().len()).collect();
        let selection = some.map(|rows| RowSelection::from_consecutive_ranges(rows.iter().map(|at| *at..at + 1), all));
        let damaged = |error: &dyn Display| damaged(self.name, Some(group), error);
        let batches = self.parquet.batches(&self.source, group, &roots, selection);
        let mut read = 0;
        for batch in batches.map_err(|error| damaged(&error))? {
            let batch = batch.map_err(|error| damaged(&error))?;
            (self.progress)();
            let arrays = record::columns(&self.parquet.table, &batch, &roots);
            let columns = arrays
                .iter()
                .enumerate()
                .map(|(place, array)| Values::of(&**array).map_err(|kind| self.untold(place, &kind)));
            let columns = columns.collect::<Result<Vec<_>, _>>()?;
            for row in 0..batch.num_rows() {
                self.record.write(&columns, row);
                let line = some.map_or(read + row, |rows| rows.get(read + row).copied().unwrap_or_default());
                let Some(cells) = self.record.cells() else {
                    return Err(damaged(&format!("row {line} of it has more than 4 GiB")));
                };
                if !shift.row(&cells, Place { block: group, line }) {
                    return Ok(false);
                }
            }
            read += batch.num_rows();
            if let Some(out) = out {
                shift.write(out).map_err(|error| unwritable(&error).remove(0))?;
            }
        }
        if read == wanted { Ok(true) } else { Err(damaged(&format!("it has {read} rows of {wanted}"))) }
    }

    /// The problem of a group that is damaged.
    pub(super) fn damaged(&self, group: usize, error: &dyn Display) -> Problem {
        damaged(self.name, Some(group), error)
    }
    /// The problem of a column whose type has no text.
    pub(super) fn untold(&self, place: usize, kind: &str) -> Problem {
        let name = &self.parquet.table.header().names()[place].clone();
        let what = format!("the column `{name}` is of the type {kind}, which no bill has");
        Problem::in_whole(self.name, what, "write the file anew without that column")
    }
}

fn damaged(name: &str, group: Option<usize>, error: &dyn Display) -> Problem {
    let place = group.map_or(String::new(), |group| format!(" in group of rows {}", group + 1));
    let text = error.to_string();
    let text = text.trim_start_matches("Parquet argument error: ").trim_start_matches("Parquet error: ");
    Problem::in_whole(name, format!("the Parquet file is damaged{place}: {text}"), "copy or download the file again")
}
