/* import_words.c - what other programs call the fields of a CRM: headings of Zoho, HubSpot, Pipedrive, Salesforce, Mautic, Odoo,
 * Outlook, Google and of people's own lists, as import_key writes them. */
#include "core/import_impl.h"

/* The fields that the words mean, best first: the first that an entity has is taken. */
static const struct {
    const char *fields, *words;
} meanings[] = {
    {"first_name", "firstname givenname forename fname first christianname vorname prenom nombre nome personfirstname"},
    {"last_name", "lastname surname familyname lname last secondname nachname nomdefamille apellido apellidos cognome "
                  "personlastname"},
    {"name", "fullname contactname leadname displayname contactperson personname person customername dealname dealtitle "
             "opportunityname productname itemname locationname sitename nom"},
    {"name title subject", "subject summary topic taskname tasksubject"},
    {"company_name client_id name", "company companyname organization organisation organizationname organisationname business "
                                    "businessname employer account accountname associatedcompany firma unternehmen societe "
                                    "entreprise empresa azienda tradingname associatedcompanies"},
    {"client_id company_name name", "client clientname customer customeraccount relatedto"},
    {"job_title title", "jobtitle title position role designation function occupation beruf poste cargo jobrole"},
    {"email", "email emailaddress emailid emails mail emailmain workemail businessemail primaryemail email1 email1value "
              "emailwork personemail contactemail mailadresse courriel correo correoelectronico emailaddress1"},
    {"phone mobile", "phone phonenumber telephone telephonenumber tel workphone businessphone officephone mainphone primaryphone "
                     "phone1 phone1value phonework phonemain telefon telefono personphone contactphone landline companyphone"},
    {"mobile phone", "mobile mobilephone mobilenumber mobileno cell cellphone cellnumber handy gsm phonemobile mobil movil "
                     "contactmobile portable mobilephonenumber"},
    {"website", "website url web homepage webpage site companydomainname domain websiteurl internet"},
    {"lead_status_id status_id status stage_id", "status leadstatus contactstatus accountstatus dealstage stage pipelinestage "
                                                 "salesstage lifecyclestage opportunitystage etapa phase"},
    {"stage_id lead_status_id status_id status", "stagename dealstagename"},
    {"assigned_to_id owner_id user_id agent_id", "owner leadowner contactowner accountowner dealowner companyowner assignedto "
                                                 "assigned assignee ownername recordowner salesrep salesagent salesperson rep "
                                                 "agent responsible opportunityowner hubspotowner assignedtouser accountmanager "
                                                 "zustandig verantwortlich propietario taskowner"},
    {"lead_source_id source", "leadsource source originalsource channel sourcename leadsourcename acquisitionchannel herkunft "
                              "origen originalsourcetype firstsource howdidyouhearaboutus referralsource"},
    {"source_detail", "sourcedetail sourcedetails leadsourcedetail campaign campaignname utmcampaign referredby referral"},
    {"created_at", "created createdat createdon createdtime createddate createdate datecreated datecreation creationdate "
                   "creationtime dateadded addedon addedtime leadcreatedtime createtime inserteddate erstellt erstelltam "
                   "signupdate dateidentified recordcreated addtime"},
    {"address_line1 address", "address address1 addressline1 street streetaddress street1 mailingstreet billingstreet "
                              "mailingaddress postaladdress billingaddress siteaddress addressstreet strasse rue calle direccion "
                              "officelocation"},
    {"address_line2", "address2 addressline2 street2 suite unit apartment addressline2street"},
    {"city", "city town suburb locality mailingcity billingcity ort stadt ville ciudad addresscity homecity"},
    {"region state", "state province region county stateprovince stateregion mailingstate billingstate bundesland provincia "
                     "addressstate territory stateterritory"},
    {"postal_code zip",
     "zip zipcode postcode postalcode plz mailingzip mailingpostalcode billingzip billingcode billingpostalcode "
     "zippostalcode zipcodepostalcode codepostal codigopostal postleitzahl addresszip pincode"},
    {"country", "country countryregion mailingcountry billingcountry land pays pais nation addresscountry"},
    {"industry", "industry sector branche secteur sectortype vertical"},
    {"tax_number", "taxnumber taxid vat vatnumber vatid abn ein gstin gst ustid ustidnr taxregistrationnumber"},
    {"estimated_value amount value total_amount", "value amount dealvalue dealamount dealsize estimatedvalue expectedrevenue "
                                                  "opportunityamount potentialvalue worth leadvalue forecastamount closevalue "
                                                  "annualvalue budget estimatedrevenue"},
    {"currency", "currency currencycode dealcurrency wahrung devise moneda"},
    {"expected_close_on close_date expected_close_date", "closedate closingdate expectedclose expectedclosedate closing "
                                                         "estimatedclosedate forecastclosedate expectedclosingdate"},
    {"next_followup_at due_at", "nextfollowup followup followupdate nextactivitydate nextcontact nextfollowupdate nextcall "
                                "reminder nextactivity"},
    {"due_at due_on due_date", "due duedate deadline dueon duetime"},
    {"next_step", "nextstep nextaction"},
    {"score", "score leadscore hubspotscore points rank"},
    {"rating", "rating leadrating temperature"},
    {"priority", "priority prioritat urgency importance"},
    {"tags", "tags tag labels label keywords categories segments etiquetas"},
    {"description notes content", "description notes note comments comment remarks remark bemerkung bemerkungen about details "
                                  "memo notiz notizen descripcion additionalinfo message"},
    {"notes description content", "internalnotes"},
    {"type contact_type", "type contacttype accounttype clienttype customertype"},
    {"is_active", "active activated enabled isenabled aktiv"},
    {"timezone", "timezone tz"},
    {"hours", "hours openinghours businesshours"},
    {"serial_number serial", "serial serialnumber serialno sn"},
    {"asset_tag tag", "assettag assetnumber assetno inventorynumber"},
    {"purchase_date purchased_on", "purchasedate purchased dateofpurchase boughton"},
    {"price unit_price sales_price", "price unitprice saleprice salesprice listprice rate"},
    {"quantity", "quantity qty count units anzahl menge"},
    {"department", "department dept team abteilung"},
    {"username", "username login loginname userid"},
    {"password", "password passwort"},
};

const char *import_words(struct str key) {
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (str_in_words(meanings[i].words, key)) return meanings[i].fields;
    return NULL;
}
