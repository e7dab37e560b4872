/* tables.c - what every demo company has: people's days, leads and deals, quotes until they are paid, messages, reports.
 *
 * world.h says how the tables read. A business brings its own words for the lists, and its own tables instead of these.
 */
#include "app/demo/world.h"

static const char *const contact_deck[] = {
    "title|is_primary|is_billing|is_technical",
    "General manager|true|false|false",
    "Accounts|false|true|false",
    "Office manager|false|false|true",
    NULL,
};

static const char *const invoice_deck[] = {
    "+pays|+life",
    "yes|send+2..6h =viewed!viewed_at+1..2d",
    "yes|send+1..3h =viewed!viewed_at+1..2d",
    "yes|send+1..3h",
    "yes|send+2..9h =viewed!viewed_at+1..3d",
    "yes|send+1..5h",
    "half|send+2..6h =viewed!viewed_at+1..2d",
    "no|send+1..4h =overdue+16..17d",
    "no|-",
    NULL,
};

static const char *const expense_deck[] = {
    "description|category|amount|payment_method",
    "Diesel|fuel|{60..180}.{10..99}|company_card",
    "Parking in the city|travel|{12..48}.00|own_card",
    "Lunch with a client|meals|{45..160}.50|own_card",
    "Hotel, one night|lodging|{140..260}.00|company_card",
    "Printer paper and toner|office|{40..190}.95|company_card",
    "Safety boots|equipment|{120..210}.00|own_card",
    "Software for a month|software|{15..90}.00|company_card",
    "Tolls|travel|{6..28}.40|own_card",
    NULL,
};

static const char *const trip_deck[] = {
    "purpose|type|transport",
    "First meeting at their office|client_visit|car",
    "Look at the site together|site_inspection|company_car",
    "Quarterly review|meeting|car",
    "Help after a fault|support|company_car",
    "Show new staff how it works|training|car",
    NULL,
};

static const char *const tax_deck[] = {
    "name|rate|code|country|is_default",
    "GST 10%|10|GST|AU|true",
    "GST free|0|FRE|AU|false",
    NULL,
};

static const char *const event_deck[] = {
    "title|type|place",
    "Monday meeting|meeting|Meeting room",
    "Quarterly review|review|Their office",
    "Call about the renewal|call|",
    "Visit on site|site_visit|On site",
    "Safety training|training|Training room",
    "Yearly inspection|inspection|Head office",
    "Tender closes|deadline|",
    NULL,
};

static const char *const shift_deck[] = {
    "title|type|description",
    "Early shift|other|Opens the office.",
    "Service of the van|maintenance|At the workshop round the corner.",
    "First aid refresher|training|Certificates are renewed for three years.",
    "Team meeting|meeting|Results of the month.",
    NULL,
};

static const char *const leave_deck[] = {
    "reason|type|is_available", "Annual leave|vacation|false",   "Doctor|sick|false",
    "Course|training|false",    "Works from home|personal|true", NULL,
};

static const char *const invitation_deck[] = {
    "name|email",
    "Gwen Ashby|gwen.ashby@post.example",
    "Idris Bello|idris.bello@post.example",
    NULL,
};

static const char *const mapping_deck[] = {
    "name|entity|mapping",
    "Old address book|contacts|{\"Vorname\": \"first_name\", \"Name\": \"last_name\", \"Mail\": \"email\"}",
    "Trade fair list|leads|{\"Firma\": \"company_name\", \"Telefon\": \"phone\"}",
    NULL,
};

static const char *const file_deck[] = {
    "name|category|+content",
    "Front of the building {n}.png|Photo|",
    "Site photo {n}.png|Photo|",
    "View from the road {n}.png|Photo|",
    "Back yard {n}.png|Photo|",
    "After the work {n}.png|Photo|",
    "Before the work {n}.png|Photo|",
    "Access from the street {n}.png|Photo|",
    "Detail {n}.png|Photo|",
    "Minutes of the first meeting.txt|Minutes|Scope agreed. They send drawings by Friday; we answer within a week.",
    "Access instructions.txt|Instructions|Ring at the gate, ask for the duty manager. Park on the left.",
    "Terms as agreed by phone.txt|Contract|Price holds for thirty days. Payment within fourteen days.",
    "Insurance certificate.txt|Insurance|Public liability, twenty million. Renewed every July.",
    NULL,
};

static const char *const integration_deck[] = {
    "name|type|provider|description|base_url",
    "Bookkeeping|accounting|Xero|Invoices and payments.|https://accounting.example/api",
    "Newsletter|email|Mailtrain|Contacts who want to hear from us.|https://newsletter.example/api",
    "Text messages|sms|Gateway|Reminders the evening before.|https://sms.example/api",
    NULL,
};

static const char *const webhook_deck[] = {
    "name|url|events|description",
    "Data warehouse|https://warehouse.example/hooks/crm|*|Everything, for the monthly figures.",
    "Team chat|https://chat.example/hooks/sales|deals.close_won, leads.created|Good news for all.",
    NULL,
};

static const char *const report_deck[] = {
    "name|type|format|description|parameters|is_scheduled",
    "Open invoices|financial|pdf|What clients owe us, oldest first.|{\"entity\": \"invoices\", \"sort\": \"due_date\"}|true",
    "Pipeline of the month|sales|excel|Open deals by owner.|{\"entity\": \"deals\", \"group\": \"assigned_to_id\"}|true",
    "New clients|customer|csv|Who came this quarter.|{\"entity\": \"clients\", \"sort\": \"-created_at\"}|false",
    "Tasks overdue|operational|pdf|What should have been done.|{\"entity\": \"tasks\", \"filter\": \"overdue\"}|false",
    NULL,
};

static const char *const dashboard_deck[] = {
    "name|description|layout|widgets",
    "Today|What matters this morning.|{\"columns\": 2}|[{\"list\": \"tasks\"}, {\"list\": \"calendar_events\"}]",
    "Money|What came in and what is due.|{\"columns\": 3}|[{\"sum\": \"invoices\"}, {\"sum\": \"payments\"}]",
    "Sales|Leads and deals of the month.|{\"columns\": 2}|[{\"board\": \"deals\"}, {\"count\": \"leads\"}]",
    NULL,
};

static const char *const prompt_deck[] = {
    "name|category|system_message|content|variables",
    "Summarize a record|Summaries|You write for busy people.|Say in three sentences how things stand with {{name}}.|[\"name\"]",
    "Friendly reminder|Letters|You are polite and short.|Remind {{contact}} of invoice {{number}}.|[\"contact\", \"number\"]",
    "Next step|Sales|You know the sales process.|What would you do next with {{name}}, and why?|[\"name\"]",
    NULL,
};

static const char *const chat_deck[] = {
    "role|content|model|tokens|duration_ms",
    "user|How do things stand with {conversation_id.about}?||{14..30}|",
    "assistant|They answered last week and wait for our proposal. The next step is a call.|local-8b|{60..180}|{600..2400}",
    "user|Write that call down as a task for Thursday, please.||{12..20}|",
    "assistant|Done: \"Call about the proposal\", due Thursday at 10.|local-8b|{30..70}|{400..1500}",
    NULL,
};

static const char *const notice_deck[] = {
    "title|message|type",
    "A task is due today|It was promised for this afternoon.|reminder",
    "You were given a record|Please have a look before tomorrow.|assignment",
    "Your export is ready|It stays for a week.|success",
    "A client wrote|They wait for an answer.|info",
    "Somebody named you in a note|Can you check the address?|mention",
    NULL,
};

static const char *const view_deck[] = {
    "name|entity|query",
    "Newest clients|clients|sort=-created_at",
    "Without a phone|contacts|filter[phone][null]=true&sort=name",
    "New this week|leads|filter[created_at][within]=this_week&sort=-created_at",
    "Due this week|tasks|filter[due_at][within]=this_week&sort=due_at",
    NULL,
};

#define YES "true"
#define DESK "role=supervisor,sales_agent,support_agent"

/* Half of them come to an end, most of those as clients; the younger ones are on their way. */
static const char lead_lives[] =
    "=contacted+4..50h =qualified+1..6d =proposal_sent+2..9d =negotiation+2..9d =won+2..12d convert+1..9h*5|"
    "=contacted+1..3d =qualified+2..9d =proposal_sent+3..12d =won+4..20d convert+1..9h*4|"
    "=contacted+1..4d =qualified+2..12d =proposal_sent+4..14d =lost+5..20d*3|=contacted+2..6d =lost+6..20d*2|"
    "=contacted+1..5d =qualified+4..30d =proposal_sent+9..40d =negotiation+20..90d*3|=contacted+2..9d =qualified+20..90d*2|-*2";

const struct demo_table demo_tables_of_all[] = {
    /* people */
    {"contacts", .each = "client_id", .least = 1, .most = 3, .deck = contact_deck, .in_order = true, .when = "client_id+1..20d",
     .fields = WORDS("first_name={@first}", "last_name={@last}", "name={first_name} {last_name}", "contact_type=client",
                     "email={slug:first_name}.{slug:last_name}@{host}", "preferred_method=email*3|phone*2|sms", "lead_id=")},
    {"addresses", .each = "client_id", .least = 1, .most = 1,
     .fields = WORDS("name=Office", "type=billing*3|postal", "is_primary=" YES, "contact_id=")},
    {"leads", .least = 48, .when = "now-150..0d", .lives = lead_lives,
     .fields =
         WORDS("first_name={@first}", "last_name={@last}", "name={first_name} {last_name}", "company_name={@last} {@trades}",
               "job_title=Owner*3|Manager*3|Director", "lead_status_id=", "+lost_note={@losses}", "lead_source_id=pick",
               "assigned_to_id=pick role=sales_agent,supervisor", "priority=low|medium*4|high*2|urgent",
               "estimated_value={3..90}00", "next_followup_at=@now+1..14d*3|@now-2..20h|", "next_step={@tasks}",
               "expected_close_on=@now+10..90d", "description={@notes}", "client_id=", "location_id=pick")},
    {"campaigns", .least = 4, .fixed = true, .when = "now-100..-20d", .lives = "launch+1..3d complete+30..60d*2|launch+1..4d|-",
     .fields =
         WORDS("name={@campaigns#}", "type=email*2|event|advertising|social_media", "user_id=pick " DESK, "start_date=@+1..4d",
               "end_date=@start_date+30..60d", "budget={10..90}00", "spent={2..9}00", "template_id=")},
    {"campaign_members", .each = "campaign_id", .least = 5, .most = 9, .when = "campaign_id+0..2d",
     .fields = WORDS("!lead_id=pick", "contact_id=", "status=sent*3|opened*3|responded*2|converted|bounced", "sent_at=@+1..5h",
                     "responded_at=")},
    {"deals", .each = "client_id", .least = 0, .most = 2, .when = "client_id+10..300d",
     .lives = "close_won+9..50d*5|close_lost+9..60d*2|abandon+60..80d",
     .fields = WORDS("title={@deals}", "pipeline_stage_id=pick", "value={12..240}00", "contact_id=pick",
                     "assigned_to_id=pick role=sales_agent,supervisor", "expected_close_date=@+20..60d", "location_id=pick",
                     ">lost_reason_id=pick", ">lost_notes={@losses}", "description={@notes}")},
    {"sales_activities", .each = "lead_id", .least = 1, .most = 3, .when = "lead_id+1..35d",
     .fields = WORDS("type=phone_call*4|meeting*2|email*2|site_visit", "subject={@calls}", "description={@notes}",
                     "client_id=", "contact_id=", "user_id==lead_id.assigned_to_id", "completed_at=@+5..60m",
                     "duration_minutes={5..60/5}", "outcome={@outcomes}")},
    {"notes", .least = 36, .when = "now-150..0d",
     .fields = WORDS("subject_type={@about}", "content={@notes}", "is_pinned=false*9|true")},
    {"tasks", .least = 34, .when = "now-70..0d", .lives = "complete+1..6d*8|-",
     .fields =
         WORDS("title={@tasks}", "subject_type={@about}", "due_at=@+1..8d", "priority=low|medium*4|high*2|urgent",
               "assigned_to_id=pick role=tenant_admin,supervisor,sales_agent,support_agent,technician,dispatcher,accountant")},
    {"tags", .least = 5, .fixed = true, .fields = WORDS("name={@tags#}", "hue=blue|green|amber|violet|teal")},
    {"calendar_events", .least = 14, .deck = event_deck, .lives = "complete+3..4h", .begin = "starts_at",
     .fields = WORDS("starts_at=@now-1..30d|@now+1..14d*2", "ends_at=@starts_at+1..2h", "user_id=pick " DESK,
                     "client_id=pick 60%", "location_id=", "contact_id=", "subject_type=", "subject_id=")},
    {"schedules", .least = 8, .deck = shift_deck, .lives = "start+1..5m complete+3..6h", .begin = "starts_at",
     .when = "now-30..-3d",
     .fields = WORDS("location_id=pick", "starts_at=@now-1..20d|@now+1..10d", "ends_at=@starts_at+3..6h", "date=@starts_at+0m",
                     "user_id=pick")},
    {"availability", .least = 8, .deck = leave_deck, .when = "now-40..-2d",
     .fields = WORDS("user_id=pick", "starts_at=@now-1..30d|@now+2..40d", "ends_at=@starts_at+3..8h", "date=@starts_at+0m")},
    {"notifications", .least = 12, .deck = notice_deck, .when = "now-12..0d",
     .fields = WORDS("user_id=pick", "subject_type=clients", "read_at=@+1..20h*2|", "priority=normal*4|high", "sent_at=@+0m")},
    {"saved_views", .fixed = true, .deck = view_deck, .in_order = true, .fields = WORDS("is_shared=" YES, "position={n}")},
    {"invitations", .fixed = true, .deck = invitation_deck, .in_order = true, .when = "now-5..-2d",
     .fields = WORDS("role_id=pick name=sales_agent", "token_hash={hex:64}", "expires_at=@+7d", "location_id=pick")},
    {"import_mappings", .fixed = true, .deck = mapping_deck, .in_order = true},
    {"user_locations", .least = 1, .fixed = true, .fields = WORDS("user_id=pick role=supervisor", "location_id=pick")},
    {"user_permissions", .least = 1, .fixed = true, .when = "now-20..-2d",
     .fields = WORDS("user_id=pick role=support_agent", "resource=clients", "action=export", "scope=all",
                     "reason=Sends the Christmas cards.", "expires_at=@+60..90d")},
    {"files", .deck = file_deck, .in_order = true, .when = "now-120..-1d", .fields = WORDS("subject_type={@about}")},
    {"media", .least = 8, .when = "now-100..-1d",
     .fields = WORDS("subject_type={@pictured}", "title=Photo {n}", "media_type=photo", "file_name=photo-{n}.png",
                     "mime_type=image/png", "file_size=1", "storage_key=1", "width=240", "height=160", "taken_at=@-1..3h")},
    /* billing */
    {"tax_rates", .fixed = true, .deck = tax_deck, .in_order = true, .when = "now-500..-450d"},
    {"quotes", .each = "client_id", .least = 0, .most = 2, .when = "client_id+8..320d",
     .lives = "send+1..5h =viewed!viewed_at+1..3d accept+1..6d*6|send+1..5h =viewed!viewed_at+1..3d reject+1..6d|send+1..4h|-"
              "|send+1..5h =viewed!viewed_at+1..2d =expired+31..31d",
     .fields = WORDS("title={@quotes}", "valid_until=@+30d", "contact_id=pick", "assigned_to_id=pick role=sales_agent,supervisor",
                     "location_id=pick", "deal_id=pick 50%", "deposit_percent=|20|30", "terms=Payment within fourteen days.",
                     ">accepted_by={contact_id.name}", ">rejection_reason={@losses}")},
    {"quote_items", .each = "quote_id", .least = 2, .most = 4,
     .fields = WORDS("product_id=pick", "description={product_id.name}", "unit={product_id.unit}", "quantity={1..6}",
                     "unit_price={product_id.unit_price}", "tax_rate_id=pick is_default=true", "is_optional=false*9|true",
                     "category={product_id.line}")},
    {"recurring_invoices", .each = "client_id", .least = 0, .most = 1, .when = "client_id+5..60d",
     .fields = WORDS("name={@series}", "contact_id=pick", "frequency=monthly", "start_date={today}",
                     "next_invoice_date=@now+2..28d", "payment_terms_days=14", "auto_send=true*2|false")},
    {"recurring_invoice_items", .each = "recurring_invoice_id", .least = 1, .most = 2,
     .fields = WORDS("product_id=pick", "description={product_id.name}", "unit={product_id.unit}", "quantity={1..5}",
                     "unit_price={product_id.unit_price}", "tax_rate_id=pick is_default=true", "category={product_id.line}")},
    {"invoices", .each = "quote_id", .least = 1, .most = 1, .when = "quote_id.accept+1..4d", .deck = invoice_deck,
     .fields =
         WORDS("client_id==quote_id.client_id", "contact_id==quote_id.contact_id", "deal_id==quote_id.deal_id",
               "location_id==quote_id.location_id", "invoice_date={today}", "due_date=@+14d", "reference=PO-{1000..9999}*2|",
               "payment_method=bank_transfer*5|credit_card", "+credit=yes|no*7", "terms=Payment within fourteen days.")},
    {"invoices", .each = "recurring_invoice_id", .least = 4, .most = 6, .when = "recurring_invoice_id+28..30d*",
     .deck = invoice_deck,
     .fields = WORDS("client_id==recurring_invoice_id.client_id", "contact_id==recurring_invoice_id.contact_id",
                     "invoice_date={today}", "due_date=@+14d", "payment_method=bank_transfer", "occurrence={year}-{k:2}",
                     "is_recurring=" YES, "+credit=yes|no*9", "terms=Payment within fourteen days.")},
    {"invoice_items", .each = "invoice_id", .copy = "quote_items quote_id",
     .fields =
         WORDS("product_id==from.product_id", "description={from.description}", "unit={from.unit}", "quantity={from.quantity}",
               "unit_price={from.unit_price}", "tax_rate_id==from.tax_rate_id", "category={from.category}")},
    {"invoice_items", .each = "invoice_id", .copy = "recurring_invoice_items recurring_invoice_id",
     .fields =
         WORDS("product_id==from.product_id", "description={from.description}", "unit={from.unit}", "quantity={from.quantity}",
               "unit_price={from.unit_price}", "tax_rate_id==from.tax_rate_id", "category={from.category}")},
    {"payments", .each = "invoice_id", .only = "pays=yes", .least = 1, .most = 1, .when = "invoice_id.send+4..20d",
     .lives = "complete+1..3h",
     .fields = WORDS("client_id==invoice_id.client_id", "amount=live:invoice_id.amount_due",
                     "payment_method={invoice_id.payment_method}", "transaction_id=TX{hex:10}", "gateway=bank")},
    {"payments", .each = "invoice_id", .only = "pays=half", .least = 1, .most = 1, .when = "invoice_id.send+4..20d",
     .lives = "complete+1..3h",
     .fields = WORDS("client_id==invoice_id.client_id", "amount=live:invoice_id.amount_due/2", "payment_method=bank_transfer",
                     "transaction_id=TX{hex:10}", "gateway=bank", "notes=Half of it, the rest next month.")},
    {"credit_notes", .each = "invoice_id", .only = "credit=yes", .least = 1, .most = 1, .when = "invoice_id.send+2..12d",
     .lives = "issue+1..4h*4|-",
     .fields = WORDS("client_id==invoice_id.client_id", "amount={20..90/5}", "reason=Counted twice|Goodwill|Returned unused",
                     "issue_date={today}")},
    {"transactions", .each = "payment_id", .least = 1, .most = 1, .when = "payment_id.complete+1..9m", .lives = "post+1..9m",
     .fields = WORDS("description=Payment from {payment_id.client_id.name}", "type=income", "amount=live:payment_id.amount",
                     "transaction_date={today}", "category=Sales", "account_code=200", "invoice_id==payment_id.invoice_id")},
    {"transactions", .each = "expense_id", .least = 1, .most = 1, .when = "expense_id.approve+1..2d", .lives = "post+1..9m*5|-",
     .fields = WORDS("description={expense_id.description}", "type=expense", "amount=live:expense_id.amount",
                     "transaction_date={today}", "category=Costs", "account_code=420")},
    {"expenses", .least = 14, .deck = expense_deck, .when = "now-90..0d",
     .lives = "submit+1..2d approve+1..3d reimburse+3..9d*5|submit+1..2d reject+1..3d|-",
     .fields = WORDS("user_id=pick", "expense_date={today}", ">rejection_reason=Please add the receipt.")},
    {"commissions", .each = "deal_id", .least = 1, .most = 1, .when = "deal_id.close_won+1..3d",
     .lives = "approve+1..5d pay+10..25d*4|dispute+1..4d",
     .fields = WORDS("user_id==deal_id.assigned_to_id", "description=5 percent of {deal_id.title}", "rate=5",
                     "base_amount=live:deal_id.value", "amount=live:deal_id.value/20", "type=percentage_of_sale",
                     ">payment_reference=Payroll {year}")},
    {"trips", .least = 10, .deck = trip_deck, .when = "now-60..0d",
     .lives = "start+1..2h complete+2..6h approve+1..4d*6|cancel+1..3h",
     .fields = WORDS("client_id=pick", "user_id=pick role=sales_agent,technician,supervisor,support_agent", "start_date={today}",
                     "mileage={6..140}", "rate_per_mile=0.88", "location_id=pick", "is_billable=true|false")},
    /* messages, programs, figures */
    {"communications", .least = 30, .when = "now-60..0d",
     .lives =
         "=sent!sent_at+1..3m =delivered!delivered_at+1..9m =read!read_at+1..20h*6|=sent!sent_at+1..3m =failed!failed_at+1..2m|-",
     .fields =
         WORDS("client_id=pick", "contact_id=pick", "type=email*5|sms", "!recipient={contact_id.email}", "subject={@subjects}",
               "content=Dear {contact_id.first_name}, {@messages}", "subject_type=", "subject_id=", "template_id=")},
    {"templates", .fixed = true,
     .deck = (const char *const[]){"name|type|category|subject|content|variables",
                                   "Reminder of an invoice|email|Billing|Invoice {{number}} is due|Dear {{name}}, may we remind "
                                   "you of it?|[\"number\", \"name\"]",
                                   "Appointment|sms|Service||We come on {{date}} at {{time}}.|[\"date\", \"time\"]",
                                   "Welcome|email|Clients|Welcome, {{name}}|Good to have you with us.|[\"name\"]",
                                   "Thank you|letter|Clients||Dear {{name}}, thank you for your trust.|[\"name\"]", NULL},
     .in_order = true, .when = "now-300..-200d"},
    {"integrations", .fixed = true, .deck = integration_deck, .in_order = true, .when = "now-200..-100d",
     .lives = "activate+1..3h*3|-", .fields = WORDS("auto_sync=" YES, "sync_interval_minutes=60")},
    {"integration_sync_logs", .each = "integration_id", .least = 4, .most = 8, .when = "now-20..0d",
     .fields = WORDS("type=incremental*5|full", "status=completed*9|failed", "started_at=@+0m", "completed_at=@+2..4m",
                     "duration_seconds={20..180}", "records_processed={5..90}", "records_updated={1..5}")},
    {"webhooks", .fixed = true, .deck = webhook_deck, .in_order = true, .when = "now-100..-60d",
     .fields = WORDS("is_active=false")},
    {"webhook_deliveries", .each = "webhook_id", .least = 3, .most = 6, .when = "now-20..0d",
     .fields = WORDS("event=clients.updated|leads.created", "payload={\"event\": \"clients.updated\"}",
                     "status=delivered*6|failed", "response_code=200*6|503", "attempted_at=@+0m", "duration_ms={40..900}")},
    {"reports", .fixed = true, .deck = report_deck, .in_order = true, .when = "now-150..-60d",
     .fields =
         WORDS("generated_by_id=pick role=tenant_admin,accountant,supervisor", "scheduled_at=@now+1..7d", "is_shared=" YES)},
    {"report_runs", .each = "report_id", .least = 2, .most = 4, .when = "now-40..0d",
     .fields = WORDS("status=completed*8|failed", "format={report_id.format}", "started_at=@+0m", "completed_at=@+1..2m",
                     "rows_count={8..240}", "user_id==report_id.generated_by_id")},
    {"dashboards", .fixed = true, .deck = dashboard_deck, .in_order = true,
     .fields = WORDS("user_id=pick role=tenant_admin,supervisor", "is_public=" YES)},
    {"ai_prompts", .fixed = true, .deck = prompt_deck, .in_order = true, .fields = WORDS("model=local-8b", "output_format=text")},
    {"ai_conversations", .least = 5, .when = "now-30..-1d",
     .fields = WORDS("subject_type=clients", "subject_id=pick", "+about={subject_id.name}", "title=About {about}",
                     "lead_id=", "ai_prompt_id=pick", "user_id=pick " DESK)},
    {"ai_messages", .each = "conversation_id", .deck = chat_deck, .in_order = true, .when = "conversation_id+1..2m*"},
    {0},
};

const struct demo_list demo_lists_of_all[] = {
    {"streets", WORDS("High Street", "Station Street", "Church Street", "Victoria Road", "Mill Lane", "Railway Parade",
                      "Bridge Road", "Harbour Drive", "Collins Avenue", "Orchard Road", "Wattle Grove", "Queens Parade")},
    {"trades", WORDS("Bakery", "Dental", "Engineering", "Hardware", "Pharmacy", "Printing", "Legal", "Architects", "Accounting",
                     "Motors", "Interiors", "Physio", "Logistics", "Catering")},
    {"nouns", WORDS("amber", "harbour", "lantern", "meadow", "copper", "willow", "falcon", "granite", "ember", "juniper",
                    "cobalt", "thistle", "anchor", "pebble")},
    {"first", WORDS("Aisha", "Alan", "Amelia", "Andrew", "Anh", "Arjun", "Beatriz", "Ben", "Bridget", "Callum", "Carmel", "Chloe",
                    "Daniel", "Deepa", "Dimitri", "Elena", "Emily", "Ethan", "Fatima", "Fiona", "George", "Grace", "Hannah",
                    "Hugo", "Isla", "Jack", "Jasmine", "Joel", "Karen", "Lachlan", "Linh", "Lucia", "Luke", "Maeve", "Marco",
                    "Matilda", "Mohammed", "Natasha", "Neil", "Olivia", "Oscar", "Phoebe", "Rachel", "Raj", "Rosa", "Samir",
                    "Sarah", "Sofia", "Stephen", "Tamara", "Thomas", "Uma", "Vanessa", "Wei", "William", "Yasmin", "Zoe")},
    {"last", WORDS("Abbott", "Ahmed", "Andersson", "Baker", "Barnes", "Bianchi", "Brennan", "Burke", "Campbell", "Carter", "Chan",
                   "Clarke", "Costa", "Daly", "Das", "Davies", "Doyle", "Evans", "Farrell", "Fisher", "Foley", "Fraser", "Gibson",
                   "Graham", "Greco", "Gupta", "Haddad", "Harris", "Hayes", "Hoang", "Hughes", "Jackson", "Kaur", "Kelly", "Khan",
                   "Lawson", "Lim", "Macdonald", "Marino", "Mason", "McBride", "Moore", "Murphy", "Nair", "Nelson", "Novak",
                   "Okafor", "Park", "Patel", "Pereira", "Quinn", "Reid", "Rossi", "Ryan", "Santos", "Schmidt", "Sharma", "Singh",
                   "Stewart", "Taylor", "Tran", "Turner", "Walker", "Wilson", "Wong", "Young", "Zhang")},
    {"about", WORDS("clients", "leads")},
    {"pictured", WORDS("clients", "leads")},
    {"losses", WORDS("Another offer was cheaper.", "Not this year.", "They do it themselves now.", "No answer for a month.")},
    {"outcomes", WORDS("Interested", "Wants a proposal", "Call back", "No answer", "Needs time", "Meeting arranged")},
    {"calls", WORDS("First talk", "Went through the proposal", "Asked how the decision stands", "Arranged a visit",
                    "Questions about the price", "Left a message")},
    {"tags", WORDS("Key client", "Referral", "Seasonal", "Pays late", "Reference")},
    {"subjects", WORDS("Your appointment", "Documents as promised", "A question about your order", "Thank you for your time",
                       "Change of date")},
    {"messages",
     WORDS("please find what we spoke about attached.", "we confirm the date as agreed by phone.",
           "thank you for the good talk; we come back to you by Friday.", "could you send us the signed copy, please?")},
    {0},
};
