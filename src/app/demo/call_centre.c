/* call_centre.c - Fernhill Solar as a whole: what its sales team has done (solar.h), and beside it the calls, deals, quotes and
 * bills of a company that sells by telephone. */
#include "app/demo/world.h"

static const char *const product_deck[] = {
    "name|sku|type|category|unit|unit_price|unit_cost|+line",
    "Roof system, for one kW|SO-KW|goods|Solar|kW|1180.00|760.00|hardware",
    "Battery, for one kWh|BA-KWH|goods|Battery|kWh|640.00|450.00|hardware",
    "Inverter, three-phase|IN-3P|goods|Solar|each|4200.00|2900.00|hardware",
    "Installation, for a day|LB-DAY|service|Labour|day|1950.00|1100.00|labour",
    "Grid application|GR-AP|service|Paperwork|each|480.00|90.00|other",
    "Monitoring, a month|MO-M|subscription|Service|month|29.00|6.00|subscription",
    "Cleaning of panels|CL-P|service|Service|each|340.00|120.00|labour",
    NULL,
};

static const char *const call_deck[] = {
    "direction|wrapup_notes|+end|from_number|to_number",
    "outbound|Wants the proposal by e-mail.|Answered|+61370101000|{subject_id.phone}",
    "outbound||No Answer|+61370101000|{subject_id.phone}",
    "outbound|Left a message.|Voicemail|+61370101000|{subject_id.phone}",
    "outbound|Call again after the weekend.|Follow-up Required|+61370101000|{subject_id.phone}",
    "inbound|Asks when the installer comes.|Answered|{subject_id.phone}|+61370101000",
    "outbound|Went through the numbers; likes the battery.|Answered|+61370101000|{subject_id.phone}",
    "outbound||Busy|+61370101000|{subject_id.phone}",
    "inbound|Question about the feed-in tariff.|Answered|{subject_id.phone}|+61370101000",
    NULL,
};

#define SELLER "role=sales_agent,supervisor"

static const struct demo_table tables[] = {
    {"products", .fixed = true, .deck = product_deck, .in_order = true, .when = "now-190..-184d",
     .fields = WORDS("tax_rate_id=pick is_default=true")},
    {"sip_credentials", .each = "user_id", .only = "role=sales_agent,supervisor,support_agent", .least = 1, .most = 1,
     .when = "now-180..-170d",
     .fields = WORDS("sip_ws_url=wss://pbx.fernhill.example:8089/ws", "sip_domain=pbx.fernhill.example", "sip_username=2{k}{n:2}",
                     "sip_password={@nouns}-{@nouns}-{100..999}", "display_name=Fernhill Solar", "auto_register=true")},
    {"calls", .least = 260, .deck = call_deck, .when = "now-60..0d",
     .fields = WORDS("subject_type=leads*4|clients", "subject_id=pick", "user_id=pick " SELLER, "started_at=@+0m",
                     "answered_at=@started_at+1m", "ended_at=@started_at+2..14m", "disposition_id=pick name={end}",
                     "pbx_call_id={hex:16}", "recording_url=", "campaign_id=pick 30%")},
    {"deals", .each = "client_id", .least = 0, .most = 2, .when = "client_id+2..60d",
     .lives = "close_won+9..40d*5|close_lost+9..50d*2|abandon+50..60d",
     .fields = WORDS("title={@deals}", "pipeline_stage_id=pick", "value={12..240}00", "contact_id=pick",
                     "assigned_to_id=pick " SELLER, "expected_close_date=@+20..60d", "location_id=pick", "campaign_id=pick 30%",
                     ">lost_reason_id=pick", ">lost_notes={@losses}")},
    {0},
};

static const struct demo_list lists[] = {
    {"about", WORDS("clients", "leads", "deals")},
    {"quotes",
     WORDS("Roof and battery", "Roof system for the hall", "Battery beside the roof that is there", "Service for two years")},
    {"deals", WORDS("Second stage of the roof", "Battery", "Car chargers", "Service contract")},
    {"series", WORDS("Monitoring, monthly")},
    {"campaigns", WORDS("Autumn call round", "Battery rebate", "Dairy farms by telephone", "Trade fair follow-up")},
    {"notes", WORDS("Prefers a call after milking.", "Roof is asbestos, ask for the report.", "Wants to see a site near by.",
                    "Finance is approved.")},
    {"tasks", WORDS("Call back", "Send the proposal", "Order the inverter", "Book the crane", "Ask for bills")},
    {0},
};

static const struct demo_town_of towns[] = {
    {"Preston", "VIC", "3072", 3},
    {"Geelong", "VIC", "3220", 3},
    {"Newcastle", "NSW", "2300", 2},
    {"Toowoomba", "QLD", "4350", 7},
    {0},
};

const struct demo_business demo_sales = {
    .name = "sales",
    .packs = "sales,billing,telephony,messaging,integration,insight,ai",
    .tenant = "Fernhill Solar",
    .timezone = "Australia/Melbourne",
    .tables = tables,
    .lists = lists,
    .towns = towns,
};
