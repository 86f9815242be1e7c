//! `[demand]`.
use crate::reader::Table;
use plimsoll::uncertain::Estimate;
use plimsoll::units::{Factor, Growth, Quantity, Rate};
use plimsoll::workload::Demand;

/// The largest peak that is planned: more requests in a second than the busiest services of the world answer together.
const MOST: Rate = Rate::per_second(1e9);
/// The hours of a week.
const HOURS: usize = 168;

pub(super) fn demand(t: &mut Table<'_>) -> Demand {
    let peak: Estimate<Rate> = t.required("peak", "mean rate over the busiest hour");
    let help = "a plan needs the rate of the busiest hour, as in peak = \"900/s\"";
    t.refuse_if(peak.mid().is_zero(), "peak", "nothing is asked", help);
    let what = format!("{} is more than can be planned", peak.high());
    t.refuse_if(peak.high() > MOST, "peak", what, format!("the limit is {MOST}"));

    let mean = t.optional("mean", "mean rate over all hours; half of the peak if not stated");
    let mean_is_stated = mean.is_some();
    let mean = mean.unwrap_or_else(|| peak.scaled(Demand::MEAN_OF_PEAK));
    if t.is_sound("peak") {
        let what = format!("the mean is above the peak of {}", peak.mid());
        t.refuse_if(
            mean.mid() > peak.mid(),
            "mean",
            what,
            "the peak is the mean of the busiest hour, mean that of all hours",
        );
    }

    let burst = t.or("burst", Estimate::exact(Demand::DEFAULT_BURST), "busiest minute over the mean of its hour");
    t.refuse_if(
        burst.low() < Factor::ONE,
        "burst",
        "the busiest minute is at least the mean of its hour",
        "write 1 or more",
    );

    let doc = "multiples of the mean for the 168 hours from Monday 00:00 UTC";
    let hour_of_week = t.optional::<Vec<Factor>>("hour_of_week", doc);
    let hours = hour_of_week.as_ref().map_or(HOURS, Vec::len);
    t.refuse_if(hours != HOURS, "hour_of_week", format!("there are {hours} hours"), format!("a week has {HOURS}"));
    let is_idle = hour_of_week.as_ref().is_some_and(|h| h.iter().all(|f| *f == Factor::ZERO));
    t.refuse_if(is_idle, "hour_of_week", "nothing is asked in any hour", "leave it out if all hours are alike");

    let one = Estimate::exact(Factor::ONE);
    let doc = "squared coefficient of variation of the time between arrivals; 1 for independent clients";
    let variability = t.or("variability", one, doc);
    let growth = t.or("growth", Estimate::exact(Growth::NONE), "how peak and mean grow, compounded");
    Demand { peak, mean, mean_is_stated, burst, variability, hour_of_week, growth }
}
