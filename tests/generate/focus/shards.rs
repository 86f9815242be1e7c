//! Rows written by several threads, in one order.
//!
//! Rows are cut into equal shards. Thread `t` of `n` writes the shards `t`, `t + n`, ... into buffers of its own; this
//! thread takes the buffers turn by turn. So the bytes are the same however many threads there are.
use super::key::Key;
use super::line::Pen;
use super::row::Bill;
use std::io::{Result, Write};
use std::sync::mpsc::sync_channel;
use std::thread;

/// Rows of a shard: some megabytes of text.
const SHARD: u64 = 8192;

/// Writes every row, and counts them.
pub(crate) fn write(bill: &Bill, pen: &Pen<'_>, threads: usize, out: &mut impl Write) -> Result<(Key, u64)> {
    let header = pen.header();
    out.write_all(&header)?;
    let mut size = header.len() as u64;
    let shards = bill.rows.div_ceil(SHARD);
    thread::scope(|scope| {
        let mut lanes = Vec::new();
        for first in 0..threads as u64 {
            let (full, taken) = sync_channel::<Vec<u8>>(2);
            let (back, emptied) = sync_channel::<Vec<u8>>(4);
            let worker = scope.spawn(move || {
                let mut key = Key::new(bill);
                for shard in (first..shards).step_by(threads) {
                    let mut bytes = emptied.try_recv().unwrap_or_else(|_| Vec::with_capacity(8 << 20));
                    for place in shard * SHARD..((shard + 1) * SHARD).min(bill.rows) {
                        let row = bill.row(place);
                        let is_readable = pen.write(&row, &mut bytes);
                        key.add(&row, is_readable);
                    }
                    if full.send(bytes).is_err() {
                        break;
                    }
                }
                key
            });
            lanes.push((taken, back, worker));
        }
        for shard in 0..shards {
            let (taken, back, _) = &lanes[(shard % threads as u64) as usize];
            let mut bytes = taken.recv().expect("a thread that writes does not stop before its last shard");
            out.write_all(&bytes)?;
            size += bytes.len() as u64;
            bytes.clear();
            // A thread that has ended needs no more buffers.
            drop(back.try_send(bytes));
        }
        let mut key = Key::new(bill);
        for (_, _, worker) in lanes {
            key.merge(&worker.join().expect("threads that write do not panic"));
        }
        Ok((key, size))
    })
}
