/* msp.c - Harbourline IT: looks after the computers of shops, practices and schools, by contract and by ticket. */
#include "app/demo/world.h"

static const struct demo_member people[] = {
    {"Marguerite Oduya", "marguerite", "tenant_admin", "Managing director", 0},
    {"Felix Brandt", "felix", "supervisor", "Service manager", 0},
    {"Hana Kobayashi", "hana", "sales_agent", "Account manager", 0},
    {"Priscilla Wen", "priscilla", "support_agent", "First line", 0},
    {"Ollie Tamati", "ollie", "support_agent", "First line", 1},
    {"Drago Maric", "drago", "technician", "Systems engineer", 0},
    {"Ife Balogun", "ife", "technician", "Network engineer", 1},
    {"Camille Royer", "camille", "technician", "Field engineer", 0},
    {"Walter Nguyen", "walter", "accountant", "Accounts", 0},
    {"Siobhan Keane", "siobhan", "dispatcher", "Dispatch", 0},
    {"Zac Petersen", "zac", "crew", "Cabling", 1},
    {"Lorna Blythe", "lorna", "read_only", "Auditor", 0},
    {0},
};

static const char *const client_deck[] = {
    "company_name|industry|+short",
    "Ashgrove Medical Centre|Health|ASH",
    "Kestrel Architects|Architecture|KES",
    "Port Ellery Council|Government|PEC",
    "Saltmarsh Seafoods|Food|SAL",
    "Bellamy & Hart Lawyers|Legal|BHL",
    "Northgate Primary School|Education|NPS",
    "Fourwinds Freight|Logistics|FWF",
    "Juniper Dental|Health|JUN",
    "Old Mill Brewing|Food|OMB",
    "Castlereagh Engineering|Engineering|CAS",
    "Rosewater Aged Care|Health|RAC",
    "Tern Street Accountants|Accounting|TSA",
    "Gilded Page Books|Retail|GPB",
    "Brightside Childcare|Education|BRC",
    "Halcyon Travel|Travel|HAL",
    "Mercer Real Estate|Property|MER",
    "Coral Coast Motors|Retail|CCM",
    "Wren & Daughters Winery|Agribusiness|WDW",
    NULL,
};

static const char *const site_deck[] = {"name|is_primary", "Office|true", "Branch office|false", NULL};

static const char *const product_deck[] = {
    "name|sku|type|category|unit|unit_price|unit_cost|+line",
    "Managed workstation|MS-WS|subscription|Contracts|month|48.00|11.00|subscription",
    "Managed server|MS-SV|subscription|Contracts|month|190.00|42.00|subscription",
    "Cloud backup, 500 GB|BK-500|subscription|Backup|month|65.00|24.00|subscription",
    "Mail and office suite, one seat|OF-365|subscription|Licences|month|22.40|17.10|software",
    "Engineer on site|LB-ON|service|Labour|hour|165.00||labour",
    "Engineer remote|LB-RE|service|Labour|hour|135.00||labour",
    "Notebook 14 inch, business|HW-NB14|goods|Hardware|each|1890.00|1540.00|hardware",
    "Switch, 24 ports, PoE|HW-SW24|goods|Hardware|each|860.00|655.00|hardware",
    "Firewall for small offices|HW-FW|goods|Hardware|each|1240.00|980.00|hardware",
    "Access point, Wi-Fi 6|HW-AP|goods|Hardware|each|420.00|305.00|hardware",
    "Cabling of a work place|CB-01|service|Labour|each|240.00|60.00|labour",
    NULL,
};

static const char *const ticket_deck[] = {
    "subject|type|priority|category|source|description|+first|+answer|>resolution|+work",
    "Mailbox asks for the password again and again|incident|medium|E-mail|phone|Since this morning, on the desktop only.|"
    "Can you tell me whether it happens on your phone as well?|A stored password was old. It is removed and you are signed in.|"
    "Removed stale credential and signed in again.|Cleared credential store",
    "Printer in reception prints blank pages|incident|low|Printing|phone|New toner was put in yesterday.|"
    "Could you check whether the strip was pulled off the toner?|That was it, glad it prints again.|Seal strip left on toner.|"
    "Guided by phone",
    "Internet is down at the branch|incident|critical|Network|phone|Nobody at the branch can work. The phone is dead too.|"
    "We see the line as down and have called the provider.|The provider replaced a card. The line is up and stable since 14:10.|"
    "Fault at the provider; line card replaced.|Escalated to provider and watched the line",
    "New employee starts on Monday|request|medium|Accounts|email|Needs a notebook, mail and access to the shared drive.|"
    "Thank you. Which department will she join, and who signs off access?|Account, mailbox and notebook are ready at reception.|"
    "Account created, notebook prepared.|Prepared account and notebook",
    "Backup failed two nights running|incident|high|Backup|monitoring|Alert: job ended with an error on the file server.|"
    "We are looking at the log of both nights.|A full disk. Old versions were thinned out, last night ran clean.|"
    "Retention shortened, job ran clean.|Cleaned repository and ran the job",
    "Shared drive is slow in the afternoon|problem|medium|Server|email|From about two o'clock opening a file takes a minute.|"
    "We measure it this afternoon, please leave your computer on.|The virus scan ran at two. It runs at night now.|"
    "Scan schedule moved to the night.|Measured disk queue and moved the scan",
    "Please give Dana access to the finance folder|request|low|Accounts|portal|Approved by her manager, see attachment.|"
    "We have the approval, one moment.|Done, she needs to sign in again once.|Group membership added.|Added to group",
    "Suspicious e-mail with an invoice|question|high|Security|email|Looks like from our supplier but the address is odd.|"
    "Please do not open the attachment. We look at it.|It was phishing. The sender is blocked for all of you.|"
    "Sender blocked, no click recorded.|Checked mail trace and blocked the sender",
    "Screen flickers when docked|incident|low|Hardware|chat|Only with the left screen.|Please try the other cable first.|"
    "The cable it was. A new one is in the post.|Cable replaced.|Remote session",
    "Move three desks to the new room|change|medium|Cabling|visit|The room is painted next week.|"
    "We can be there on Thursday at eight. Does this suit?|All three desks work in the new room, patched and labelled.|"
    "Patched ports 12 to 14.|Moved and patched three desks",
    "Certificate warning on the web shop|incident|high|Web|phone|Customers call us about it.|We see it too and renew it now.|"
    "Renewed and installed, it now renews itself.|Certificate renewed.|Renewed and installed certificate",
    "Add a guest network for visitors|change|low|Network|email|With a password that changes each month.|"
    "Good idea. Shall the waiting room be covered?|The guest network is up; the password is on the card at reception.|"
    "Guest VLAN and SSID added.|Configured VLAN and SSID",
    NULL,
};

static const char *const asset_deck[] = {
    "+kind|type|make|model|os|cost|is_critical|+network|+net|+port|+plug",
    "FS|server|Dellwood|PowerRack 540|Windows Server 2022|6890.00|true|lan|10|eth0|ethernet",
    "FW|firewall|Fortbridge|FB-60|FortOS 7.4|1240.00|true|management|99|eth0|ethernet",
    "SW|switch|Aruwe|CX 24|AOS 10|860.00|true|management|99|eth0|ethernet",
    "PC|desktop|Lenora|Desk M70|Windows 11 Pro|1190.00|false|lan|10|eth0|ethernet",
    "NB|laptop|Lenora|Think 14|Windows 11 Pro|1890.00|false|lan|10|eth0|ethernet",
    "NB|laptop|Appleby|Book 14|macOS 15|2450.00|false|wifi|20|wlan0|wifi",
    "PR|printer|Brothwell|HL-5200||540.00|false|lan|10|eth0|ethernet",
    "AP|access_point|Aruwe|AP-22|AOS 10|420.00|false|management|99|eth0|ethernet",
    NULL,
};

static const char *const network_deck[] = {
    "name|type|ip_range|vlan_id|gateway|ssid|wifi_security",
    "Office|lan|10.20.10.0/24|10|10.20.10.1||",
    "Wireless|wifi|10.20.20.0/24|20|10.20.20.1|{client_id.short}-Office|wpa3",
    "Management|management|10.20.99.0/24|99|10.20.99.1||",
    NULL,
};

static const char *const license_deck[] = {
    "name|vendor|type|product_version|seats|cost|renewal_cost|auto_renews",
    "Office suite Business|Contoso|subscription|2024|25|6720.00|6720.00|true",
    "Endpoint protection|Sentry Labs|subscription|8|30|1260.00|1310.00|true",
    "CAD workstation|Drafta|perpetual|2023|4|9400.00|1880.00|false",
    "Server operating system|Contoso|volume|2022|2|1980.00||false",
    NULL,
};

static const char *const credential_deck[] = {
    "name|type|username|access_level|environment|asset_id",
    "Firewall administration|web_admin|admin|admin|production|pick type=firewall",
    "File server administrator|rdp|{client_id.short}\\Administrator|admin|production|pick type=server",
    "Office Wi-Fi|wifi|{client_id.short}-Office|limited|production|",
    "Registrar account|domain|it@{host}|read_write|production|",
    NULL,
};

static const char *const service_deck[] = {
    "name|type|protocol|port|price|service_level|billing_cycle",  "Mail for all staff|email|HTTPS|443|22.40|standard|monthly",
    "Nightly backup|backup|HTTPS|443|65.00|premium|monthly",      "Monitoring|monitoring|HTTPS|443|9.00|basic|monthly",
    "File server|infrastructure|SMB|445|190.00|standard|monthly", NULL,
};

static const char *const document_deck[] = {
    "name|category|description|content",
    "Start here|onboarding|What everybody needs to know of this client.|## Access\n\nReception opens at eight. Ask for the key "
    "of the "
    "server room.\n\n## Whom to call\n\nThe primary contact decides, accounts pays.",
    "Restore a file|runbook|Step by step.|1. Open the backup console.\n2. Choose the night before.\n3. Restore beside, never "
    "over.",
    "Password policy|policy|As agreed with the management.|Fourteen characters, a second factor for everybody.",
    NULL,
};

static const char *const project_deck[] = {
    "name|description|budget",
    "Move to the cloud|Mail and files move; the old server retires.|18500.00",
    "New firewall and Wi-Fi|Replaces what runs out of support.|7400.00",
    "Replace twelve workstations|Old machines cannot take the new system.|21600.00",
    "Second factor for everybody|With keys for those without a phone.|3900.00",
    NULL,
};

static const char *const vendor_deck[] = {
    "name|type|contact_name|description|service_level|is_preferred",
    "Southern Telecom|internet|Gemma Price|Lines of most branches.|4 hours|true",
    "Distributa|distributor|Paul Reinholt|Hardware, next day.|Next day|true",
    "Contoso Partner Desk|software|Nadia Farah|Licences.|Office hours|false",
    "Voicebridge|telephony|Tim Oakes|Phones.|8 hours|false",
    "Coolroom Services|contractor|Brad Sells|Air conditioning of server rooms.|24 hours|false",
    NULL,
};

static const char *const sla_deck[] = {
    "name|description|is_default|coverage",
    "Standard|Weekdays, nine to five.|true|business_hours",
    "Around the clock|For those who never close.|false|always",
    NULL,
};

#define IN_RACK "pick client_id.name={rack_id.client_id.name}&type="
static const char *const rack_deck[] = {
    "name|position|height|face|power_watts|asset_id",
    "Patch panel|22|1|front|0|",
    "Switch|20|1|both|60|" IN_RACK "switch",
    "Firewall|18|1|both|40|" IN_RACK "firewall",
    "File server|10|2|both|450|" IN_RACK "server",
    "UPS|1|3|both|30|",
    NULL,
};

static const char *const recurring_deck[] = {
    "name|description|frequency",
    "Monthly check of servers|Disks, logs, updates, backup.|monthly",
    "Restore test|One file and one whole machine.|quarterly",
    "Renew the guest password|Print a new card for reception.|monthly",
    NULL,
};

#define PROJECT                                                                                                                  \
    "client_id=pick", "manager_id=pick role=supervisor,technician", "priority=medium*3|high", "location_id="
#define TECH "role=technician,support_agent"

#define TICKET                                                                                                                   \
    "contact_id=pick", "assigned_to_id=pick " TECH "*9|", "asset_id=pick 60%", "location_id=pick",                               \
        "sla_id=pick is_default=true", "due_at=@+1..5d", "scheduled_at=@+1..3d", "is_billable=true*3|false",                     \
        "response_due_at=@+4h", "resolution_due_at=@+24h", "is_onsite=false*4|true"

static const struct demo_table tables[] = {
    {"clients", .least = 18, .deck = client_deck, .in_order = true, .when = "now-420..-260d",
     .fields = WORDS("company_name={@last} {@trades}", "+short={hex:3}", "name={company_name}",
                     "first_name=", "last_name=", "type=company", "status=active*12|suspended",
                     "assigned_to_id=pick role=sales_agent,supervisor", "email=office@{host}", "phone={phone}",
                     "website=https://www.{host}", "hourly_rate=165.00|150.00|135.00", "payment_terms_days=14*3|30",
                     "contract_start_date={today}", "contract_end_date=@now+40..500d", "tags=Contract*3|Contract, Key client|")},
    {"locations", .each = "client_id", .least = 1, .most = 2, .deck = site_deck, .in_order = true,
     .fields = WORDS("contact_id=", "hours=Mo-Fr 8:30-17:00")},
    {"products", .fixed = true, .deck = product_deck, .in_order = true, .when = "now-440..-430d",
     .fields = WORDS("tax_rate_id=pick is_default=true")},
    {"slas", .fixed = true, .deck = sla_deck, .in_order = true, .when = "now-440..-430d",
     .fields = WORDS("escalate_to_id=pick role=supervisor")},
    {"vendors", .fixed = true, .deck = vendor_deck, .in_order = true, .when = "now-420..-400d",
     .fields =
         WORDS("client_id=", "email=support@{slug:name}.example", "phone={phone}", "website=https://www.{slug:name}.example",
               "account_number={100000..999999}", "support_code={1000..9999}", "contract_end_date=@now+60..600d")},
    {"networks", .each = "client_id", .deck = network_deck, .in_order = true, .when = "client_id+1..20d",
     .fields =
         WORDS("location_id=pick name=Office", "dns_servers=[\"10.20.10.5\", \"9.9.9.9\"]", "dhcp_start=10.20.10.100",
               "dhcp_end=10.20.10.199", "wifi_password={@nouns}-{@nouns}-{10..99}", "vendor_id=", "bandwidth=100/40*2|1000/400")},
    {"assets", .each = "client_id", .deck = asset_deck, .in_order = true, .when = "client_id+24..60d",
     .fields = WORDS("name={client_id.short}-{kind}-{k:2}", "asset_tag=HL-{1000..9999}{k}", "network_id=pick type={network}",
                     "location_id=pick", "contact_id=pick 60%", "ip_address=10.20.{net}.2{k:2}",
                     "serial_number={hex:7}", "status=deployed*14|in_repair|spare", "purchase_date=@-30..900d",
                     "warranty_expires_on=@now-60..20d|@now+10..900d*6", "vendor_id=pick name=Distributa",
                     "mac_address=02:{hex:2}:{hex:2}:{hex:2}:{hex:2}:{hex:2}", "installed_on={today}", "rmm_id=", "url=")},
    {"asset_interfaces", .each = "asset_id", .least = 1, .most = 1,
     .fields =
         WORDS("name={asset_id.port}", "type={asset_id.plug}", "mac_address={asset_id.mac_address}",
               "ip_address={asset_id.ip_address}",
               "network_id==asset_id.network_id", "is_primary=true", "speed_mbps=1000", "connected_to_id=")},
    {"licenses", .each = "client_id", .least = 1, .most = 3, .deck = license_deck, .when = "client_id+61..90d",
     .fields = WORDS("license_key={hex:5}-{hex:5}-{hex:5}-{hex:5}", "purchase_date={today}",
                     "expiry_date=@now+3..400d*8|@now-2..20d", "renewal_date=", "contact_id=pick", "location_id=")},
    {"license_assignments", .each = "license_id", .least = 1, .most = 2,
     .fields = WORDS("!contact_id=pick", "asset_id=pick 40%", "assigned_on={today}")},
    {"credentials", .each = "client_id", .least = 2, .most = 4, .deck = credential_deck, .in_order = true,
     .when = "client_id+61..80d",
     .fields = WORDS("password={@nouns}-{@nouns}-{100..999}", "url=", "contact_id=", "location_id=pick",
                     "changed_on=@+0d", "expires_on=@now+20..200d|")},
    {"racks", .each = "client_id", .least = 0, .most = 1, .when = "client_id+61..80d",
     .fields = WORDS("name={client_id.short}-R1", "room=Server room|Back office", "units=24", "location_id=pick name=Office",
                     "manufacturer=Rittmann", "model=TS 24", "purchase_date=@-100..900d", "power_capacity_watts=3200",
                     "max_weight_kg=600", "warranty_expires_on=@now+30..600d")},
    {"rack_items", .each = "rack_id", .deck = rack_deck, .in_order = true},
    {"domains", .each = "client_id", .least = 1, .most = 1, .when = "client_id+1..20d",
     .fields = WORDS("domain_name={host}", "registrar=Namewell|Crazy Names", "registration_date=@-400..2000d",
                     "expiry_date=@now+5..360d*9|@now-1..9d", "auto_renews=true*2|false",
                     "nameservers=[\"ns1.harbourline.example\", \"ns2.harbourline.example\"]", "dns_provider=Harbourline",
                     "transfer_code={hex:12}", "cost=38.00", "registrar_url=")},
    {"certificates", .each = "domain_id", .least = 1, .most = 1, .when = "domain_id+65..80d",
     .fields = WORDS("name=www.{domain_id.domain_name}", "client_id==domain_id.client_id", "domain=www.{domain_id.domain_name}",
                     "type=ssl_tls", "issuer=Let us Sign|Certa", "algorithm=ecdsa|rsa", "issue_date=@now-10..80d",
                     "expiry_date=@now+2..90d", "auto_renews=true*3|false", "fingerprint={hex:40}",
                     "asset_id=pick 50%&type=server", "private_key=", "cost=")},
    {"services", .each = "client_id", .least = 2, .most = 4, .deck = service_deck, .in_order = true, .when = "client_id+61..90d",
     .fields =
         WORDS("status=active*9|pending", "asset_id=pick 50%&type=server", "technician_id=pick role=technician",
               "start_date={today}", "is_monitored=true", "location_id=", "url=", "description=Looked after by Harbourline.")},
    {"documents", .each = "client_id", .least = 1, .most = 3, .deck = document_deck, .in_order = true, .when = "client_id+2..60d",
     .fields = WORDS("contact_id=", "location_id=", "review_on=@now+10..200d", "tags=")},
    {"projects", .least = 2, .deck = project_deck, .when = "now-200..-120d", .lives = "start+1..9d complete+40..90d",
     .fields = WORDS(PROJECT, "start_date={today}", "due_date=@+60..150d", "progress_percent=100")},
    {"projects", .least = 2, .deck = project_deck, .when = "now-60..-20d", .lives = "start+1..9d",
     .fields = WORDS(PROJECT, "start_date={today}", "due_date=@+80..150d", "progress_percent={20..80/10}")},
    {"projects", .least = 1, .deck = project_deck, .when = "now-110..-70d", .lives = "start+1..5d hold+9..20d",
     .fields = WORDS(PROJECT, "start_date={today}", "due_date=@+120..180d", "progress_percent={10..40/10}")},
    {"projects", .least = 1, .deck = project_deck, .when = "now-20..-5d", .lives = "-",
     .fields = WORDS(PROJECT, "start_date=@now+10..30d", "due_date=@now+60..120d", "progress_percent=0")},
    {"project_members", .each = "project_id", .least = 2, .most = 3,
     .fields = WORDS("user_id=pick " TECH, "role=member*3|lead|reviewer", "hourly_rate=135.00|165.00")},
    {"recurring_tickets", .each = "client_id", .least = 0, .most = 1, .deck = recurring_deck, .when = "client_id+61..90d",
     .fields = WORDS("assigned_to_id=pick " TECH, "next_run_at=@now+1..28d", "asset_id=pick type=server")},
    {"tickets", .each = "client_id", .least = 4, .most = 7, .deck = ticket_deck, .when = "now-110..0d",
     .lives = "start+1..20h resolve+3..70h close+2..5d*9|start+1..9h wait+2..8h resolve+3..9d"
              "|start+1..9h resolve+1..3d reopen+1..2d start+1..4h resolve+1..2d|cancel+1..3d",
     .fields = WORDS(TICKET)},
    {"tickets", .each = "client_id", .least = 1, .most = 2, .deck = ticket_deck, .when = "now-5..0d",
     .lives = "-*3|start+1..9h*3|start+1..5h wait+2..8h*2|start+1..5h resolve+3..20h*2", .fields = WORDS(TICKET)},
    {"tickets", .each = "recurring_ticket_id", .least = 1, .most = 3, .when = "recurring_ticket_id+28..30d*",
     .lives = "start+1..20h resolve+2..30h close+1..2d",
     .fields = WORDS("subject={recurring_ticket_id.name}", "description={recurring_ticket_id.description}",
                     "client_id==recurring_ticket_id.client_id", "assigned_to_id==recurring_ticket_id.assigned_to_id",
                     "source=recurring", "type=request", "priority=low", "category=Maintenance", "occurrence={year}-{k:2}",
                     "asset_id==recurring_ticket_id.asset_id", "contact_id=pick", "location_id=pick", "due_at=@+3..6d",
                     "sla_id=pick is_default=true",
                     ">resolution=All as it should be.", "+first=We begin now.", "+answer=All as it should be.",
                     "+work=Went through the list")},
    {"ticket_replies", .each = "ticket_id", .least = 1, .most = 1, .when = "ticket_id.start+5..50m",
     .fields =
         WORDS("content={ticket_id.first}", "user_id==ticket_id.assigned_to_id", "channel=email", "contact_id=", "message_id=")},
    {"ticket_replies", .each = "ticket_id", .least = 1, .most = 1, .when = "ticket_id.resolve-5..40m",
     .fields =
         WORDS("content={ticket_id.answer}", "user_id==ticket_id.assigned_to_id", "channel=email", "contact_id=", "message_id=")},
    {"ticket_time_entries", .each = "ticket_id", .least = 1, .most = 1, .when = "ticket_id.resolve-1..3m",
     .lives = "submit+1..5h approve+1..3d*5|submit+1..5h|-",
     .fields = WORDS("user_id==ticket_id.assigned_to_id", "description={ticket_id.work}", "work_date={today}",
                     "minutes={15..120/15}", "work_type=remote*4|onsite|phone", "is_billable={ticket_id.is_billable}",
                     "hourly_rate=135.00", "started_at=", "ended_at=")},
    {0},
};

static const struct demo_list lists[] = {
    {"about", WORDS("clients", "clients", "tickets", "assets", "projects", "leads", "documents")},
    {"pictured", WORDS("assets", "clients")},
    {"quotes", WORDS("Notebooks for the new team", "Firewall and Wi-Fi", "Move of mail to the cloud",
                     "Cabling of the second floor", "Contract for another year", "Backup for the file server")},
    {"deals", WORDS("Managed contract, 3 years", "Cloud move", "New server room", "Phones for the branch", "Security package")},
    {"series", WORDS("Managed service, monthly", "Backup and licences, monthly")},
    {"campaigns", WORDS("Cyber security breakfast", "End of support mailing", "School holidays upgrade", "Referral round")},
    {"notes", WORDS("Prefers calls before nine.", "Server room key is with reception.",
                    "Renewal talk in spring; happy with the response times.", "They plan a second site next year.",
                    "Asked for a price for phones.", "The director wants a monthly report.",
                    "Old switch in the cellar still in use, replace with the next visit.")},
    {"tasks", WORDS("Check the warranty list", "Prepare the quarterly review", "Order two notebooks", "Renew the certificate",
                    "Call about the contract", "Update the network plan", "Send the report of the month", "Test the restore")},
    {0},
};

static const struct demo_town_of towns[] = {
    {"Adelaide", "SA", "5000", 8},     {"Port Adelaide", "SA", "5015", 8},
    {"Glenelg", "SA", "5045", 8},      {"Norwood", "SA", "5067", 8},
    {"Mount Barker", "SA", "5251", 8}, {"Victor Harbor", "SA", "5211", 8},
    {"Gawler", "SA", "5118", 8},       {0},
};

const struct demo_business demo_msp = {
    .name = "msp",
    .packs = "sales,billing,support,documentation,messaging,integration,insight,ai",
    .tenant = "Harbourline IT",
    .email = "hello@harbourline.example",
    .phone = "+61870101000",
    .website = "https://harbourline.example",
    .industry = "Managed services",
    .timezone = "Australia/Adelaide",
    .people = people,
    .tables = tables,
    .lists = lists,
    .towns = towns,
    .branches = WORDS("Adelaide|12 Grenfell Street|0", "Port Adelaide|3 Lipson Street|1"),
    .extra_role = "technician",
    .extra_people = 1,
};
