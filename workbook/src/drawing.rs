//! A chart as the spreadsheet's own, drawn from the cells beside it.
use super::number::number;
use super::sheet::FITS;
use plimsoll::report::{Align, Chart, Column, Plot};
use rust_xlsxwriter::{
    self as xlsx, ChartAxisCrossing, ChartFormat, ChartLine, ChartSolidFill, ChartType, Color, Worksheet,
};

/// A chart may have 255 series.
const MOST_SERIES: usize = 250;

/// As in HTML, for people who see few colors.
const COLORS: [u32; 7] = [0x0000_72B2, 0x00E6_9F00, 0x0000_9E73, 0x00D5_5E00, 0x00CC_79A7, 0x0056_B4E9, 0x00B8_A800];

/// Puts the drawing of a chart beside its numbers, which end in `last_row`. A waterfall has none: the format has no such chart.
pub(crate) fn insert(sheet: &mut Worksheet, name: &str, chart: &Chart, last_row: u32, column: u16) {
    let (kind, places) = match &chart.plot {
        Plot::Bars(_) => (ChartType::Bar, ""),
        Plot::Lines { along, .. } => (ChartType::Line, along.name.as_str()),
        Plot::Stacks { along, .. } => (ChartType::ColumnStacked, along.name.as_str()),
        Plot::Points { across, .. } => (ChartType::Scatter, across.as_str()),
        Plot::Waterfall { .. } => return,
    };
    let table = chart.table();
    let is_number = |(_, column): &(usize, &Column)| column.align == Align::Right;
    let mut series: Vec<usize> =
        table.columns.iter().enumerate().filter(is_number).map(|(i, _)| i).take(MOST_SERIES).collect();
    let mut places_at = 0;
    if kind == ChartType::Scatter {
        // What goes across comes first among the numbers; of the others only what goes up is drawn.
        places_at = series.first().copied().unwrap_or(0);
        series.retain(|at| table.columns[*at].name == chart.measured);
    }
    let places_at = u16::try_from(places_at).expect("less than 2^14");
    if last_row == 0 || series.is_empty() {
        return;
    }
    let mut drawing = xlsx::Chart::new(kind);
    drawing.title().set_name(&chart.title);
    for (i, at) in series.iter().enumerate() {
        let at = u16::try_from(*at).expect("less than 2^14");
        let values = drawing.add_series();
        values
            .set_values((name, 1, at, last_row, at))
            .set_categories((name, 1, places_at, last_row, places_at))
            .set_name((name, 0, at));
        let color = Color::RGB(COLORS[i % COLORS.len()]);
        match kind {
            ChartType::Line => {
                values.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(color).set_width(2)))
            }
            _ => values.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color))),
        };
    }
    let format = table.rows.iter().find_map(|row| number(&row[series[0]])).map_or(String::new(), |n| n.format);
    if kind == ChartType::Bar {
        // A bar chart's own places go upward: turned around, the first stands at the top, as in the table.
        drawing.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max);
        drawing.x_axis().set_name(&chart.measured).set_num_format(format);
    } else {
        drawing.x_axis().set_name(places);
        drawing.y_axis().set_name(&chart.measured).set_num_format(format);
    }
    if series.len() == 1 {
        drawing.legend().set_hidden();
    }
    drawing.set_width(760).set_height(380);
    sheet.insert_chart(1, column, &drawing).expect(FITS);
}
