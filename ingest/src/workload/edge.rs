//! `[edge.NAME]`.
use super::calls::calls;
use super::keep::refuse_no_compression;
use crate::reader::Table;
use plimsoll::uncertain::Estimate;
use plimsoll::units::{DataRate, Factor, Share, Span};
use plimsoll::workload::{Edge, EdgeRoute};

pub(super) fn edge(t: &mut Table<'_>) -> Edge {
    let no_data = Estimate::exact(DataRate::ZERO);
    let edge = Edge {
        route: t.or("route", EdgeRoute::Internet, "which way responses take"),
        hit_ratio: t.or("hit_ratio", Estimate::exact(Share::NONE), "the part of requests it answers by itself"),
        compression: t.or("compression", Estimate::exact(Factor::ONE), "original size over sent size"),
        bytes_out: t.optional("bytes_out", "size of a response; the origin's if not stated"),
        latency: t.or("latency", Estimate::exact(Span::ZERO), "time it adds to every request"),
        load_balancer: t.or("load_balancer", false, "whether a load balancer stands before the origin"),
        public_ipv4: t.or("public_ipv4", 0, "public IPv4 addresses"),
        nat_gateways: t.or("nat_gateways", 0, "gateways for address translation, one a zone as a rule"),
        nat: t.or("nat", no_data, "data through those gateways"),
        cross_region: t.map("cross_region", "data to other regions of the provider, by region"),
        other_egress: t.or("other_egress", no_data, "data to the internet that no request causes"),
        calls: calls(t),
    };
    refuse_no_compression(t, edge.compression);
    edge
}
