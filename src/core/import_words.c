/* import_words.c - what other programs call the fields of a CRM: headings of Zoho, HubSpot, Pipedrive, Salesforce, Mautic, Odoo,
 * Outlook, Google and of people's own lists, as import_key writes them. */
#include "core/import_impl.h"

/* The fields that the words mean, best first: the first that an entity has is taken. A word may stand in several rows: "Date" is
 * another thing of a call than of an expense. */
static const struct {
    const char *fields, *words;
} meanings[] = {
    {"first_name", "firstname givenname forename fname first christianname vorname prenom nombre nome personfirstname"},
    {"last_name", "lastname surname familyname lname last secondname nachname nomdefamille apellido apellidos cognome "
                  "personlastname"},
    {"name", "fullname contactname leadname displayname contactperson personname person customername productname itemname item "
             "locationname sitename nom primarycontactname contactfullname asset assetname hostname "
             "computername devicename configurationname model unitname licensename software softwarename application "
             "certificatename networkname vendorname suppliername projectname servicename crewname equipmentname"},
    {"title name subject", "dealname dealtitle opportunityname opportunity deal taskname tasktitle"},
    {"title", "product productname"},
    {"name title subject",
     "subject summary topic tasksubject ticketsubject ticketname issue betreff objet asunto shortdescription"},
    {"company_name name client_id", "accountname companyname organizationname"},
    {"company_name client_id name",
     "company organization organisation organisationname business businessname employer account "
     "associatedcompany firma unternehmen societe entreprise empresa azienda tradingname associatedcompanies "
     "companyaccount partnername relatedpartnerpartnername parentcompany primarycompany associatedcompanyname"},
    {"client_id company_name name",
     "client clientname customer customeraccount customername relatedto accountid requestercompany "
     "companyid partnerid partner billto customercompany kunde kundenname"},
    {"contact_id", "contact contactname contactperson dealcontactperson primarycontact requester requestername contactfullname "
                   "associatedcontact assignedcontact"},
    {"client_id", "contactname requester requestername"},
    {"job_title title", "jobtitle title position role designation function occupation beruf poste cargo jobrole "
                        "organizationtitle organization1title jobposition"},
    {"email", "email emailaddress emailid emails mail emailmain workemail businessemail primaryemail email1 email1value "
              "emailwork personemail contactemail mailadresse courriel correo correoelectronico emailaddress1 emailfrom "
              "primarycontactemail emailhome customeremail requesteremail"},
    {"phone mobile", "phone phonenumber telephone telephonenumber tel workphone businessphone officephone mainphone primaryphone "
                     "phone1 phone1value phonework phonemain telefon telefono personphone contactphone landline companyphone "
                     "primaryphonenumber locationphone directphone phoneoffice telefonnummer customerphone"},
    {"mobile phone", "mobile mobilephone mobilenumber mobileno cell cellphone cellnumber handy gsm phonemobile mobil movil "
                     "contactmobile portable mobilephonenumber phone2value homephone otherphone primarycontactmobile"},
    {"website", "website url web homepage webpage site companydomainname companydomain domain websiteurl internet domainname"},
    {"url website", "uri loginuri loginurl weblink loginuris"},
    {"lead_status_id pipeline_stage_id status_id status stage_id",
     "status leadstatus contactstatus accountstatus dealstage stage pipelinestage salesstage lifecyclestage opportunitystage "
     "etapa phase statusname statut estado"},
    {"pipeline_stage_id stage_id lead_status_id status_id status", "stagename dealstagename stageid"},
    {"status", "dealstatus ticketstatus invoicestatus state paymentstatus lotstatus availability unitstatus taskstatus "
               "assetstatus projectstatus devicestatus quotestatus"},
    {"assigned_to_id owner_id user_id agent_id manager_id",
     "owner leadowner contactowner accountowner dealowner companyowner assignedto assigned assignee ownername recordowner "
     "salesrep salesagent salesperson rep agent responsible opportunityowner hubspotowner assignedtouser accountmanager "
     "zustandig verantwortlich propietario taskowner userid ticketowner assignedagent technician resource assignedresource "
     "assigneename salespersonname projectmanager assignedtoname personresponsible"},
    {"lead_source_id source", "leadsource source originalsource channel sourcename leadsourcename acquisitionchannel herkunft "
                              "origen originalsourcetype firstsource howdidyouhearaboutus referralsource quelle sourceid "
                              "originaltrafficsource ticketsource"},
    {"source_detail",
     "sourcedetail sourcedetails leadsourcedetail campaign campaignname utmcampaign referredby referral referer"},
    {"created_at",
     "created createdat createdon createdtime createddate createdate datecreated datecreation creationdate "
     "creationtime dateadded addedon addedtime leadcreatedtime createtime inserteddate erstellt erstelltam "
     "signupdate dateidentified recordcreated addtime angelegt angelegtam dealcreated createdbydate opened openedat "
     "dateopened opendate dateraised dateofticket engagedate reportedon datereceived"},
    {"address_line1 address", "address address1 addressline1 street streetaddress street1 mailingstreet billingstreet "
                              "mailingaddress postaladdress billingaddress siteaddress addressstreet strasse rue calle direccion "
                              "officelocation address1street locationaddress poaddressline1 saaddressline1 primaryaddressstreet"},
    {"address_line2", "address2 addressline2 street2 suite unit apartment addressline2street poaddressline2"},
    {"city", "city town suburb locality mailingcity billingcity ort stadt ville ciudad addresscity homecity address1city pocity "
             "primaryaddresscity"},
    {"region state", "state province region county stateprovince stateregion mailingstate billingstate bundesland provincia "
                     "addressstate territory stateterritory address1region poregion stateid primaryaddressstate"},
    {"postal_code zip",
     "zip zipcode postcode postalcode plz mailingzip mailingpostalcode billingzip billingcode billingpostalcode "
     "zippostalcode zipcodepostalcode codepostal codigopostal postleitzahl addresszip pincode address1postalcode popostalcode "
     "primaryaddresspostalcode"},
    {"country", "country countryregion mailingcountry billingcountry land pays pais nation addresscountry address1country "
                "pocountry countryid primaryaddresscountry"},
    {"industry", "industry sector branche secteur sectortype vertical"},
    {"tax_number", "taxnumber taxid vat vatnumber vatid abn ein gstin gst ustid ustidnr taxregistrationnumber taxidnumber"},
    {"estimated_value value amount total_amount", "value amount dealvalue dealamount dealsize estimatedvalue expectedrevenue "
                                                  "opportunityamount potentialvalue worth leadvalue forecastamount closevalue "
                                                  "annualvalue budget estimatedrevenue wert betrag umsatz plannedrevenue montant "
                                                  "importe convertedamount amountincompanycurrency"},
    {"currency", "currency currencycode dealcurrency wahrung devise moneda currencyofvalue amountcurrency currencyid"},
    {"probability", "probability winprobability likelihood dealprobability successrate"},
    {"lost_reason_id", "lostreason closedlostreason lossreason reasonlost lostreasonid"},
    {"expected_close_on close_date expected_close_date", "closedate closingdate expectedclose expectedclosedate closing "
                                                         "estimatedclosedate forecastclosedate expectedclosingdate datedeadline"},
    {"actual_close_date closed_at completed_at", "wontime losttime closedtime closedat dateclosed closedon completedat "
                                                 "completedon datecompleted wondate actualclosedate closeddate completed"},
    {"resolved_at closed_at", "resolvedat resolvedon resolvedtime dateresolved solvedat resolutiondate resolved solved"},
    {"first_response_at", "firstresponsetime initialresponsetime firstrespondedat"},
    {"next_followup_at due_at", "nextfollowup followup followupdate nextactivitydate nextcontact nextfollowupdate nextcall "
                                "reminder nextactivity wiedervorlage activitydatedeadline"},
    {"last_contacted_at", "lastcontacted lastcontact lastactivity lastactivitydate lastcontactedtime lastactivitytime"},
    {"due_at due_on due_date", "due duedate deadline dueon duetime dueby falligam"},
    {"next_step", "nextstep nextaction"},
    {"score", "score leadscore hubspotscore points rank"},
    {"rating", "rating leadrating temperature satisfaction csat satisfactionscore customersatisfactionrating surveyresults"},
    {"priority", "priority prioritat urgency importance ticketpriority priorite prioridad"},
    {"tags", "tags tag labels label keywords categories segments etiquetas tagids contacttags schlagworte groupmembership"},
    {"description notes content", "description notes note comments comment remarks remark bemerkung bemerkungen about details "
                                  "memo notiz notizen descripcion additionalinfo message extra internalnotes ticketdescription "
                                  "productdescription beschreibung body"},
    {"notes description content", "internalnotes additionalnotes"},
    {"category", "category kategorie categorie categoria itemcategory productcategory tickettype grouping folder group"},
    {"type contact_type category", "type contacttype accounttype clienttype customertype assettype devicetype configurationtype "
                                   "itemtype tickettype unittype producttype lottype"},
    {"is_active", "active activated enabled isenabled aktiv"},
    {"timezone", "timezone tz"},
    {"hours", "hours openinghours businesshours"},
    {"serial_number serial", "serial serialnumber serialno sn seriennummer servicetag servicetagnumber"},
    {"asset_tag tag", "assettag assetnumber assetno inventorynumber assetid inventarnummer"},
    {"make manufacturer", "make manufacturer brand hersteller vendorname"},
    {"model", "model modelname modelnumber modell modelno"},
    {"os", "os operatingsystem osname betriebssystem"},
    {"ip_address", "ip ipaddress ipv4 primaryip lanip ipadresse"},
    {"mac_address", "mac macaddress primarymac ethernetaddress"},
    {"purchase_date purchased_on", "purchasedate purchased dateofpurchase boughton purchasedon kaufdatum"},
    {"cost unit_cost", "cost purchasecost purchaseprice costprice unitcost buyprice standardcost einkaufspreis"},
    {"warranty_expires_on", "warranty warrantyexpires warrantyexpiry warrantyend warrantyexpirationdate warrantyexpiration "
                            "warrantyenddate warrantyexpirydate"},
    {"expiry_date expires_on",
     "expires expiry expirydate expirationdate expiration expireson validto notafter enddate ablaufdatum "
     "registryexpirydate expirydatetime domainexpiry"},
    {"registration_date issue_date start_date", "registrationdate registered registeredon creationdate validfrom notbefore "
                                                "issuedon startdate"},
    {"renewal_date", "renewaldate renews renewson nextrenewal nextrenewaldate"},
    {"auto_renews", "autorenew autorenewal autorenews automaticrenewal autorenewstatus"},
    {"nameservers", "nameserver nameservers ns dnsservers"},
    {"registrar", "registrar registrarname"},
    {"issuer", "issuer issuedby ca certificateauthority"},
    {"domain_name domain", "domain domainname commonname fqdn"},
    {"seats", "seats totalseats licensecount numberofseats licenses seatcount"},
    {"license_key", "licensekey productkey key serialkey licensenumber"},
    {"vlan_id", "vlan vlanid"},
    {"ip_range", "cidr subnet network networkcidr iprange range"},
    {"gateway", "gateway defaultgateway"},
    {"username", "username login loginname userid user loginusername benutzername account"},
    {"password", "password passwort loginpassword pass contrasena motdepasse"},
    {"totp_secret", "totp otp otpauth logintotp otpsecret 2fa totpsecret"},
    {"unit_price price sales_price", "price unitprice saleprice salesprice listprice rate unitamount verkaufspreis preis "
                                     "salesunitprice"},
    {"price sales_price", "listedprice askingprice lotprice totalprice salepriceincgst"},
    {"sku", "sku itemcode productcode internalreference partnumber code artikelnummer referencecode"},
    {"barcode", "barcode ean upc gtin"},
    {"quantity", "quantity qty count units anzahl menge quantityonhand onhand stock"},
    {"tax_amount", "tax taxtotal gstamount vatamount"},
    {"invoice_date", "invoicedate dateofinvoice issued issuedate rechnungsdatum invoicedateutc"},
    {"number", "number invoicenumber invoiceno invoice quotenumber ticketnumber ticketno ticketid case casenumber caseid "
               "reference rechnungsnummer invoiceid estimatenumber displayid jobnumber orderid ticket"},
    {"reference", "reference ref ponumber purchaseorder customerreference"},
    {"payment_method", "paymentmethod method paymenttype paidby"},
    {"transaction_id", "transactionid chargeid paymentintentid paymentid"},
    {"processed_at", "paymentdate datepaid paidon paidat paiddate"},
    {"department", "organizationdepartment department dept team abteilung"},
    {"contact_name", "contactname contactperson contact"},
    {"account_number", "accountnumber accountno customernumber"},
    {"lot_number", "lot lotno lotnumber lotid lotnr unitnumber unit plot plotnumber"},
    {"land_size", "landsize area lotsize lotarea landarea sqm m2 aream2 sizem2 landm2 lotsizem2 landsizesqm"},
    {"house_size", "housesize floorarea buildingarea livingarea internalarea housem2"},
    {"frontage", "frontage width lotwidth"},
    {"depth", "depth lotdepth"},
    {"bedrooms", "bedrooms beds bed"},
    {"bathrooms", "bathrooms baths bath"},
    {"garage", "garage carspaces parking cars garages"},
    {"aspect", "aspect facing orientation"},
    {"stage_id", "stage release precinct stagenumber"},
    {"development_id", "development estate community"},
    {"estimated_move_date date", "movedate movingdate moveon jobdate servicedate"},
    {"pickup_address", "pickup pickupaddress origin originaddress fromaddress movingfrom"},
    {"delivery_address", "delivery deliveryaddress destination destinationaddress toaddress movingto dropoff"},
    {"move_size", "movesize homesize numberofrooms"},
    {"unit_number", "unit unitno unitnumber storageunit"},
    {"monthly_rate", "monthlyrate monthlyprice rent rentpermonth pricepermonth"},
    {"size_sqm", "area sqm m2 size"},
    {"direction", "direction calldirection calltype"},
    {"from_number", "from fromnumber caller callerid callerphonenumber callfrom"},
    {"to_number", "to tonumber callee called calledphonenumber callto"},
    {"ended_at", "end endtime endedat callend finished ends"},
    {"duration_seconds", "duration callduration durationseconds lengthseconds seconds talktime"},
    {"minutes", "duration minutes timespent timeworked durationminutes"},
    {"work_date", "date workdate day spentdate"},
    {"expense_date transaction_date", "date expensedate transactiondate spentdate"},
    {"started_at", "start starttime startedat callstart callstarttime starts begin date datetime"},
};

const char *import_words(struct str key, size_t *from) {
    while (*from < sizeof meanings / sizeof *meanings) {
        size_t i = (*from)++;
        if (str_in_words(meanings[i].words, key)) return meanings[i].fields;
    }
    return NULL;
}
