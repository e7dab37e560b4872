// import_headings.test.mjs - what other programs write over their columns goes into the right fields, for each kind of list that
// people move over. A line: the heading and the field it goes into, or nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTenon } from './support.mjs';

const LISTS = {
    'HubSpot contacts': ['leads', `Record ID:; First Name:first_name; Last Name:last_name; Email:email; Phone Number:phone;
        Contact owner:assigned_to_id; Lead Status:lead_status_id; Create Date:created_at; Associated Company:company_name;
        Last Activity Date:last_contacted_at; City:city; State/Region:region; Country/Region:country; Job Title:job_title;
        Website URL:website`],
    'HubSpot deals': ['deals', `Record ID:; Deal Name:title; Deal Stage:pipeline_stage_id; Amount:value;
        Close Date:expected_close_date;
        Deal owner:assigned_to_id; Create Date:created_at; Associated Company:client_id; Deal Description:description`],
    'Salesforce leads': ['leads', `Lead Owner:assigned_to_id; First Name:first_name; Last Name:last_name; Title:job_title;
        Company / Account:company_name; Email:email; Rating:rating; Lead Source:lead_source_id; Street:address_line1;
        State/Province:region; Phone:phone; Lead Status:lead_status_id; Created Date:created_at; Unread By Owner:`],
    'Salesforce opportunities': ['deals', `Opportunity Owner:assigned_to_id; Account Name:client_id; Opportunity Name:title;
        Stage:pipeline_stage_id; Fiscal Period:; Amount:value; Expected Revenue:; Probability (%):probability;
        Created Date:created_at;
        Close Date:expected_close_date; Next Step:`],
    'Pipedrive deals': ['deals', `Deal - ID:; Deal - Title:title; Deal - Value:value; Deal - Currency of Value:currency;
        Deal - Organization:client_id; Deal - Contact person:contact_id; Deal - Stage:pipeline_stage_id; Deal - Status:status;
        Deal - Owner:assigned_to_id; Deal - Expected close date:expected_close_date; Deal - Deal created:created_at;
        Deal - Won time:actual_close_date; Deal - Lost reason:lost_reason_id; Deal - Probability:probability`],
    'Pipedrive people': ['contacts', `Person - Name:name; Person - Organization:company_name; Person - Email - Work:email;
        Person - Phone - Work:phone; Person - Phone - Mobile:mobile; Person - Labels:tags`],
    'Odoo leads': ['leads', `name:name; partner_name:company_name; email_from:email; phone:phone;
        expected_revenue:estimated_value;
        stage_id:lead_status_id; user_id:assigned_to_id; team_id:; priority:priority; create_date:created_at; tag_ids:tags`],
    'Twenty people': ['leads', `First name:first_name; Last name:last_name; Primary email:email; Additional emails:;
        Primary phone number:phone; City:city; Job Title:job_title; Company:company_name; Creation date:created_at; LinkedIn:`],
    'Google contacts': ['contacts', `First Name:first_name; Last Name:last_name; Organization Name:company_name;
        Organization Title:title; Organization Department:department; E-mail 1 - Label:; E-mail 1 - Value:email;
        Phone 1 - Label:; Phone 1 - Value:phone; Address 1 - Street:address_line1; Address 1 - City:city;
        Address 1 - Postal Code:postal_code; Notes:description; Labels:tags`],
    'a list in German': ['leads', `Name:name; Firma:company_name; E-Mail:email; Telefon:phone; Ort:city; PLZ:postal_code;
        Status:lead_status_id; Quelle:lead_source_id; Wert:estimated_value; Angelegt am:created_at; Bemerkungen:description`],
    'Freshdesk tickets': ['tickets', `Ticket ID:number; Subject:subject; Status:status; Priority:priority; Source:source;
        Type:type;
        Agent:assigned_to_id; Created time:created_at; Due by Time:; Resolved time:resolved_at; Closed time:closed_at;
        Initial response time:first_response_at; Company Name:client_id; Full name:; Tags:tags`],
    'Zendesk tickets': ['tickets', `ID:id; Subject:subject; Description:description; Status:status; Priority:priority;
        Assignee:assigned_to_id; Requester:contact_id; Organization:client_id; Created at:created_at; Solved at:resolved_at;
        Satisfaction Score:rating`],
    'ITFlow clients': ['clients', `Client Name:name; Industry:industry; Website:website; Location Phone:phone;
        Hourly Rate:hourly_rate;
        Currency:currency; Primary Contact Email:email`],
    'ITFlow assets': ['assets', `Name:name; Description:description; Type:type; Make:make; Model:model; Serial:serial_number;
        OS:os;
        Purchase Date:purchase_date; Assigned To:; Location:location_id; Notes:notes`],
    'ITFlow networks': ['networks', `Name:name; Description:description; VLAN:vlan_id; Network:ip_range; Gateway:gateway`],
    'ITFlow domains': ['domains', `Domain Name:domain_name; Registrar:registrar; Expiration Date:expiry_date;
        Registration Date:registration_date; Name Servers:nameservers; Auto Renew:auto_renews`],
    'Snipe-IT assets': ['assets', `Company:client_id; Name:name; Asset Tag:asset_tag; Manufacturer:make; Location:location_id;
        Model:model; Serial:serial_number; Purchase Date:purchase_date; Purchase Cost:cost; Asset Notes:notes`],
    'Bitwarden': ['credentials', `folder:; favorite:; type:type; name:name; notes:notes; login_uri:url; login_username:username;
        login_password:password; login_totp:totp_secret`],
    'LastPass': ['credentials', `url:url; username:username; password:password; totp:totp_secret; extra:notes; name:name;
        grouping:;
        fav:`],
    'certificates': ['certificates', `Common Name:domain; Issuer:issuer; Valid From:issue_date; Not After:expiry_date;
        Serial Number:serial_number`],
    'software': ['licenses', `Software:name; License Key:license_key; Seats:seats; Purchase Date:purchase_date;
        Expiration Date:expiry_date; Cost:cost`],
    'Xero invoices': ['invoices', `*ContactName:client_id; *InvoiceNumber:number; Reference:reference; *InvoiceDate:invoice_date;
        *DueDate:due_date; Currency:currency; *Quantity:; *UnitAmount:`],
    'products': ['products', `Item Code:sku; Item Name:name; Sales Unit Price:unit_price; Cost Price:unit_cost;
        Description:description`],
    'a price list of lots': ['lots', `Stage:stage_id; Lot No:lot_number; Area (m2):land_size; Frontage:frontage; Depth:depth;
        Price:price;
        Status:status; Facing:aspect`],
    'calls': ['calls', `Direction:direction; From:from_number; To:to_number; Duration:duration_seconds; Start Time:started_at`],
    'time sheets': ['ticket_time_entries', `Ticket:ticket_id; User:user_id; Date:work_date; Minutes:minutes;
        Description:description;
        Billable:is_billable`],
    'storage': ['storage_units', `Unit:unit_number; Location:location_id; Size:size_class; Rent per month:monthly_rate;
        Floor:floor;
        Status:status`],
    'moves': ['journeys', `Job Number:number; Customer:client_id; Moving Date:date; Pickup:pickup_address;
        Delivery:delivery_address;
        Status:status; Notes:notes`],
    'spending': ['expenses', `Date:expense_date; Amount:amount; Category:category; Description:description; Status:status;
        Vendor:vendor_id`],
};

let tenon;
before(async () => { tenon = await startTenon(); });
after(() => tenon?.stop());

for (const [list, [entity, columns]] of Object.entries(LISTS)) {
    test(`${list}: columns are known`, async () => {
        const wanted = Object.fromEntries(columns.split(';').map((column) => {
            const at = column.lastIndexOf(':');
            return [column.slice(0, at).trim(), column.slice(at + 1).trim() || null];
        }));
        const heading = Object.keys(wanted).map((name) => `"${name}"`).join(',');
        const answer = await tenon.a.admin.request('POST', `/${entity}/import?dry_run=true`,
            { body: `${heading}\n${','.repeat(Object.keys(wanted).length - 1)}x\n`, headers: { 'content-type': 'text/csv' } });
        assert.equal(answer.status, 200, answer.text);
        const found = Object.fromEntries(answer.json.columns.map((c) => [c.column, c.field]));
        assert.deepEqual(found, wanted);
    });
}
