-- What column expressions of the product tables share. Arguments may be null; so is the result then.

-- Sysmon: times as text with milliseconds, guids in braces. Guids come from our entity ids, so they are stable in a recording.
CREATE MACRO sysmon_time(moment) AS strftime(moment, '%Y-%m-%d %H:%M:%S.%g');
CREATE MACRO sysmon_guid(entity) AS '{' || upper(CAST(CAST(md5(entity) AS UUID) AS VARCHAR)) || '}';

-- Sumo: times are milliseconds since 1970.
CREATE MACRO epoch_millis(moment) AS epoch_ms(moment);

-- Windows: DOMAIN\user. Local accounts have the host for a domain.
CREATE MACRO windows_user(domain, name, host) AS coalesce(domain, upper(host)) || '\' || name;

-- Security log: process ids are pointers, in hexadecimal.
CREATE MACRO pointer(number) AS printf('0x%x', CAST(number AS BIGINT));

-- getservbyport() of a Windows services file, for the ports that drills use; Sysmon prints a dash for the rest.
CREATE MACRO port_name(port) AS CASE port
  WHEN 21 THEN 'ftp' WHEN 22 THEN 'ssh' WHEN 23 THEN 'telnet' WHEN 25 THEN 'smtp' WHEN 53 THEN 'domain'
  WHEN 67 THEN 'bootps' WHEN 68 THEN 'bootpc' WHEN 69 THEN 'tftp' WHEN 80 THEN 'http' WHEN 88 THEN 'kerberos'
  WHEN 110 THEN 'pop3' WHEN 123 THEN 'ntp' WHEN 135 THEN 'epmap' WHEN 137 THEN 'netbios-ns' WHEN 138 THEN 'netbios-dgm'
  WHEN 139 THEN 'netbios-ssn' WHEN 143 THEN 'imap' WHEN 161 THEN 'snmp' WHEN 389 THEN 'ldap' WHEN 443 THEN 'https'
  WHEN 445 THEN 'microsoft-ds' WHEN 464 THEN 'kpasswd' WHEN 514 THEN 'syslog' WHEN 636 THEN 'ldaps' WHEN 993 THEN 'imaps'
  WHEN 995 THEN 'pop3s' WHEN 1433 THEN 'ms-sql-s' WHEN 3389 THEN 'ms-wbt-server' WHEN 5355 THEN 'llmnr'
  ELSE '-' END;

-- Windows error codes of DNS, as Sysmon 22 prints them: 9000 and the response code; 1460 is a timeout, 9502 a bad answer.
CREATE MACRO dns_status(code) AS CASE code
  WHEN 'NOERROR' THEN '0' WHEN 'FORMERR' THEN '9001' WHEN 'SERVFAIL' THEN '9002' WHEN 'NXDOMAIN' THEN '9003'
  WHEN 'NOTIMP' THEN '9004' WHEN 'REFUSED' THEN '9005' WHEN 'YXDOMAIN' THEN '9006' WHEN 'YXRRSET' THEN '9007'
  WHEN 'NXRRSET' THEN '9008' WHEN 'NOTAUTH' THEN '9009' WHEN 'NOTZONE' THEN '9010'
  ELSE CASE WHEN code IS NULL THEN '1460' ELSE '9502' END END;

-- Text of a host that should be JSON: null when it is not, never an error.
CREATE MACRO json_or_null(text) AS CASE WHEN json_valid(text) THEN CAST(text AS JSON) END;
CREATE MACRO event_data(text, key) AS json_extract_string(json_or_null(text), '$."' || key || '"');
CREATE MACRO json_items(text) AS CASE WHEN json_type(json_or_null(text)) = 'ARRAY' THEN CAST(json_or_null(text) AS JSON[]) ELSE [] END;
CREATE MACRO json_texts(text) AS list_transform(json_items(text), lambda item: json_extract_string(item, '$'));

-- Defender: 40 hexadecimal digits a device; a number a process and a report. Derived, so that two readings agree.
CREATE MACRO device_id(host) AS sha1('device:' || host);
CREATE MACRO unique_id(entity) AS CAST(md5_number_lower(entity) AS VARCHAR);
CREATE MACRO report_id(event) AS CAST(md5_number_lower(event) % 2147483648 AS BIGINT);

-- Folder of a path in either platform's form; null when it has none.
CREATE MACRO path_folder(path) AS nullif(regexp_extract(path, '^(.+)[\\/][^\\/]*$', 1), '');
CREATE MACRO path_name(path) AS nullif(regexp_extract(path, '([^\\/]*)$', 1), '');

-- Answers of a DNS question, from a JSON array of {type, data}: as Sysmon 22 writes them, and as Defender does.
CREATE MACRO dns_type_number(name) AS CASE name
  WHEN 'NS' THEN 2 WHEN 'CNAME' THEN 5 WHEN 'SOA' THEN 6 WHEN 'PTR' THEN 12 WHEN 'MX' THEN 15 WHEN 'TXT' THEN 16
  WHEN 'SRV' THEN 33 WHEN 'SVCB' THEN 64 WHEN 'HTTPS' THEN 65
  ELSE coalesce(TRY_CAST(regexp_extract(name, '^TYPE(\d+)$', 1) AS BIGINT), 0) END;
CREATE MACRO dns_query_type(name) AS CASE name WHEN 'A' THEN 1 WHEN 'AAAA' THEN 28 ELSE nullif(dns_type_number(name), 0) END;
CREATE MACRO dns_code(name) AS CASE name
  WHEN 'NOERROR' THEN 0 WHEN 'FORMERR' THEN 1 WHEN 'SERVFAIL' THEN 2 WHEN 'NXDOMAIN' THEN 3 WHEN 'NOTIMP' THEN 4
  WHEN 'REFUSED' THEN 5 WHEN 'YXDOMAIN' THEN 6 WHEN 'YXRRSET' THEN 7 WHEN 'NXRRSET' THEN 8 WHEN 'NOTAUTH' THEN 9
  WHEN 'NOTZONE' THEN 10 END;
CREATE MACRO dns_addresses(answers) AS nullif(array_to_string(list_transform(list_filter(json_items(answers),
  lambda a: json_extract_string(a, '$.type') IN ('A', 'AAAA')), lambda a: json_extract_string(a, '$.data')), ', '), '');
CREATE MACRO dns_result(type, data) AS CASE type
  WHEN 'A' THEN '::ffff:' || data WHEN 'AAAA' THEN data ELSE printf('type: %2d %s', dns_type_number(type), data) END;
CREATE MACRO dns_results(answers) AS array_to_string(list_transform(json_items(answers),
  lambda a: dns_result(json_extract_string(a, '$.type'), json_extract_string(a, '$.data')) || ';'), '');
CREATE MACRO dns_result_objects(answers) AS to_json(list_transform(json_items(answers),
  lambda a: json_object('Result', json_extract_string(a, '$.data'), 'DnsQueryType', json_extract_string(a, '$.type'))));

-- A STIX comparison; quotes and backslashes of the value are escaped as STIX asks.
CREATE MACRO stix_pattern(kind, value) AS
  '[' || kind || ':value = ''' || replace(replace(value, '\', '\\'), '''', '\''') || ''']';

-- Registry keys: as the kernel names them, as Sysmon abbreviates them, as Defender writes them. The hive of a user is named by SID.
CREATE MACRO sysmon_key(kernel) AS regexp_replace(regexp_replace(regexp_replace(kernel,
  '^\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet\d+', 'HKLM\\System\\CurrentControlSet', 'i'),
  '^\\REGISTRY\\MACHINE\\', 'HKLM\\', 'i'), '^\\REGISTRY\\USER\\', 'HKU\\', 'i');
CREATE MACRO defender_key(kernel) AS regexp_replace(regexp_replace(kernel,
  '^\\REGISTRY\\MACHINE\\', 'HKEY_LOCAL_MACHINE\\', 'i'), '^\\REGISTRY\\USER\\', 'HKEY_USERS\\', 'i');
CREATE MACRO value_name(name) AS CASE WHEN name = '' THEN '(Default)' ELSE name END;
-- Data of a value: numbers arrive as 0x and digits. Sysmon shows no bytes and no lists.
CREATE MACRO sysmon_details(type, data) AS CASE type
  WHEN '1' THEN CASE WHEN data = '' THEN '(Empty)' ELSE data END
  WHEN '2' THEN CASE WHEN data = '' THEN '(Empty)' ELSE data END
  WHEN '4' THEN 'DWORD (0x' || lpad(substr(data, 3), 8, '0') || ')'
  WHEN '11' THEN 'QWORD (0x' || left(lpad(substr(data, 3), 16, '0'), 8) || '-0x' || right(lpad(substr(data, 3), 16, '0'), 8) || ')'
  ELSE 'Binary Data' END;
CREATE MACRO registry_type(number) AS CASE number
  WHEN '0' THEN 'None' WHEN '1' THEN 'String' WHEN '2' THEN 'ExpandString' WHEN '3' THEN 'Binary' WHEN '4' THEN 'Dword'
  WHEN '7' THEN 'MultiString' WHEN '11' THEN 'Qword' END;
CREATE MACRO asim_registry_type(number) AS CASE number
  WHEN '0' THEN 'Reg_None' WHEN '1' THEN 'Reg_Sz' WHEN '2' THEN 'Reg_Expand_Sz' WHEN '3' THEN 'Reg_Binary' WHEN '4' THEN 'Reg_DWord'
  WHEN '7' THEN 'Reg_Multi_Sz' WHEN '11' THEN 'Reg_QWord' END;
-- Security log: names of types are messages of the audit library, %%1872 REG_NONE to %%1883 REG_QWORD.
CREATE MACRO audit_type(number) AS '%%' || CAST(1872 + TRY_CAST(number AS INTEGER) AS VARCHAR);
CREATE MACRO audit_data(type, data) AS CASE WHEN type IN ('4', '11') THEN CAST(TRY_CAST(data AS UBIGINT) AS VARCHAR) ELSE data END;

-- Members of a service's native record by their path: as text, and arrays and objects as JSON.
CREATE MACRO native_text(text, path) AS json_extract_string(json_or_null(text), path);
CREATE MACRO native_json(text, path) AS CAST(json_extract(json_or_null(text), path) AS VARCHAR);

-- Whether the event's host is the end that was asked.
CREATE MACRO is_inbound(action, direction) AS action = 'accept' OR coalesce(direction = 'ingress', false);

-- Records of event logs: text that XML can hold, and places for the row's own time, which are characters that XML cannot hold. One is
-- for the form of Sysmon, the other for that of XML.
CREATE MACRO own_time() AS chr(65534);
CREATE MACRO own_instant() AS chr(65535);
CREATE MACRO record_text(value) AS
  coalesce(regexp_replace(CAST(value AS VARCHAR), '[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]', '', 'g'), '');
CREATE MACRO record_times(text, moment) AS replace(replace(text,
  own_time(), sysmon_time(moment)), own_instant(), strftime(moment, '%Y-%m-%dT%H:%M:%S.%f') || '0Z');
CREATE MACRO xml_text(text) AS replace(replace(replace(text, '&', '&amp;'), '<', '&lt;'), '>', '&gt;');
CREATE MACRO record_xml(data, before) AS array_to_string(list_transform(json_keys(CAST(data AS JSON)), lambda key:
  before || '<Data Name="' || key || '">' || xml_text(event_data(data, key)) || '</Data>'), '');
CREATE MACRO record_params(data) AS array_to_string(list_transform(json_keys(CAST(data AS JSON)), lambda key:
  '<Param>' || xml_text(event_data(data, key)) || '</Param>'), '');
CREATE MACRO record_message(title, data) AS title || ' ' || array_to_string(list_transform(json_keys(CAST(data AS JSON)), lambda key:
  chr(13) || chr(10) || key || ': ' || event_data(data, key)), '');
CREATE MACRO event_xml(elements) AS
  '<EventData xmlns="http://schemas.microsoft.com/win/2004/08/events/event">' || elements || '</EventData>';
CREATE MACRO level_name(level) AS CASE level
  WHEN 0 THEN 'LogAlways' WHEN 1 THEN 'Critical' WHEN 2 THEN 'Error' WHEN 3 THEN 'Warning' WHEN 4 THEN 'Information'
  WHEN 5 THEN 'Verbose' END;
