//! Logs of load balancers that hold connections instead of requests: known, and refused with the reason.
use super::fields;
use crate::problem::Problem;
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, text::Text};
use plimsoll::units::Share;
use std::net::IpAddr;

/// Access logs of Network Load Balancers, connection logs of Application Load Balancers.
pub(crate) struct Connections;

impl Format for Connections {
    fn name(&self) -> &'static str {
        "load balancer log of connections"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let mut found = Vec::new();
        if fields::split(head.first_line(), &mut found).is_none() || found.len() < 8 {
            return Share::NONE;
        }
        let is_network = found[0] == "tls" && found[3].starts_with("net/");
        let is_port = |text: &str| text.parse::<u16>().is_ok();
        let is_connection = fields::instant(found[0]).is_some()
            && found[1].parse::<IpAddr>().is_ok()
            && is_port(found[2])
            && is_port(found[3]);
        if is_network || is_connection { Share::ALL } else { Share::NONE }
    }
    fn read(&self, text: Text, _: &Asked, to: &mut Collector) {
        let what =
            "this log of a load balancer has a row for each TLS connection, which tells neither requests nor times";
        let help = "export the access log of an Application Load Balancer, or the metrics of this one";
        to.wrong(|| Problem::in_whole(text.name(), what, help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::read_as;

    #[test]
    fn connections_are_refused_with_a_reason() {
        let network = "tls 2.0 2026-01-05T10:00:00 net/shop/c6e 51d4 192.0.2.1:514 10.0.0.1:443 5 2 29 246\n";
        let application = "2026-01-05T10:00:00.1Z 192.0.2.1 36280 443 TLSv1.3 TLS_AES - 4.1 - - - - Success TID_1\n";
        for text in [network, application] {
            assert!(read_as(&Connections, text).unwrap_err()[0].what.contains("for each TLS connection"));
        }
    }
}
