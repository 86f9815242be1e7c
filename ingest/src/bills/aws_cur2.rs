//! CUR 2.0 of AWS Data Exports, and the older report as Athena has it: columns named as in `line_item_unblended_cost`.
//!
//! AWS, "Data Exports user guide", "Cost and Usage Report (CUR) 2.0". The names are those of the older report in snake
//! case. `product` and `resource_tags` are one JSON object each, or a query has made columns of them.
use super::aws_cur::Report;
use super::header::Header;
use super::translate::Translate;

/// What turns rows of the report into rows of FOCUS. An error names the column without which nothing can be added up.
pub(crate) fn translator(header: &Header) -> Result<Box<dyn Translate>, String> {
    Ok(Box::new(Report::new(header, snake)?))
}

/// A name of the older report as Athena spells it: an underscore before each capital, however many stand in a row.
fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 8);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.push(if letter == '/' { '_' } else { letter.to_ascii_lowercase() });
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::super::testing::{headed, translated};
    use super::*;
    use plimsoll::bill::Column;

    #[test]
    fn names_are_spelled_as_athena_does() {
        let cases = [
            ("lineItem/UnblendedCost", "line_item_unblended_cost"),
            ("savingsPlan/SavingsPlanARN", "savings_plan_savings_plan_a_r_n"),
            ("product/ProductName", "product_product_name"),
            ("product/sku", "product_sku"),
            ("product/regionCode", "product_region_code"),
            ("pricing/publicOnDemandCost", "pricing_public_on_demand_cost"),
            ("splitLineItem/ParentResourceId", "split_line_item_parent_resource_id"),
        ];
        for (name, spelled) in cases {
            assert_eq!(snake(name), spelled);
        }
    }

    const NESTED: &str = "identity_line_item_id,identity_time_interval,line_item_line_item_type,\
        line_item_usage_start_date,line_item_usage_end_date,line_item_currency_code,line_item_unblended_cost,\
        line_item_product_code,line_item_usage_account_name,product,product_region_code,resource_tags,\
        savings_plan_savings_plan_a_r_n,savings_plan_savings_plan_effective_cost\n";

    #[test]
    fn maps_are_read_as_json() {
        let row = "a,2026-03-01T00:00:00Z/2026-03-01T01:00:00Z,SavingsPlanCoveredUsage,2026-03-01 00:00:00.000,\
            2026-03-01 01:00:00.000,USD,0.17,AmazonEC2,batch,\
            \"{\"\"region\"\":\"\"us-east-1\"\",\"\"product_name\"\":\"\"Amazon Elastic Compute Cloud\"\"}\",us-east-1,\
            \"{\"\"user_cost_center\"\":\"\"say \\\"\"1\\\"\"\"\",\"\"aws_created_by\"\":\"\"me\"\",\"\"user_none\"\":\"\"\"\"}\",\
            arn:aws:savingsplans::1:savingsplan/2,0.1122";
        let done = translated(&format!("{NESTED}{row}"), translator).0.remove(0);
        assert_eq!(done.costs(), ["0.17", "0.1122", "", "0.17"]);
        assert_eq!(
            done.told([Column::ChargePeriodStart, Column::ChargePeriodEnd, Column::RegionId, Column::SubAccountName]),
            ["2026-03-01T00:00:00Z", "2026-03-01T01:00:00Z", "us-east-1", "batch"]
        );
        assert_eq!(
            done.told([Column::ServiceName, Column::ServiceCategory, Column::Tags]),
            ["Amazon Elastic Compute Cloud", "Compute", r#"{"cost_center":"say \"1\"","aws_created_by":"me"}"#]
        );
        assert_eq!(
            done.told([Column::CommitmentDiscountId, Column::CommitmentDiscountType]),
            ["arn:aws:savingsplans::1:savingsplan/2", "Savings Plan"]
        );
    }

    #[test]
    fn tags_that_are_no_json_are_told() {
        let row = "a,b,Usage,2026-03-01,2026-03-01,USD,1,AmazonEC2,,,,{user_team=web},,";
        let done = translated(&format!("{NESTED}{row}"), translator).0.remove(0);
        let complaint = "11: cannot read `{user_team=web}` as a JSON object of tags; export maps as JSON";
        assert!(done.complaint().starts_with(complaint), "{}", done.complaint());
        assert_eq!(done.charges.len(), 0);
    }

    #[test]
    fn columns_made_of_maps_are_read_too() {
        let csv = "line_item_line_item_type,line_item_usage_start_date,line_item_currency_code,\
            line_item_unblended_cost,product_product_name,product_region,resource_tags_user_team,\
            resource_tags_aws_created_by\n\
            Usage,2026-03-01 05:00:00,EUR,1e-3,Amazon S3,eu-west-1,web,\n";
        let done = translated(csv, translator).0.remove(0);
        assert_eq!(done.costs(), ["0.001", "0.001", "", "0.001"]);
        assert_eq!(
            done.told([Column::BillingCurrency, Column::ServiceName, Column::RegionId, Column::Tags]),
            ["EUR", "Amazon S3", "eu-west-1", r#"{"team":"web"}"#]
        );
    }

    #[test]
    fn the_column_of_all_tags_has_prefixes() {
        let csv = "line_item_line_item_type,line_item_usage_start_date,line_item_currency_code,\
            line_item_unblended_cost,tags\n\
            Usage,2026-03-01,USD,1,\"{\"\"resourceTags/team\"\":\"\"web\"\",\"\"accountTag/team\"\":\"\"ops\"\"}\"";
        let done = translated(csv, translator).0.remove(0);
        assert_eq!(done.told([Column::Tags]), [r#"{"team":"web","accountTag/team":"ops"}"#]);
    }

    #[test]
    fn a_column_is_missed_under_its_own_name() {
        let (header, _) = headed("line_item_line_item_type,line_item_currency_code,line_item_usage_start_date");
        assert_eq!(translator(&header).err().as_deref(), Some("line_item_unblended_cost"));
    }
}
