-- Writes tests/corpus/rows.jsonl: rows of every type with what a PostgreSQL server makes of them. The server is the judge
-- here; no line of TrueUp takes part. Run it against any UTF-8 server of version 13 or later, after adding rows below:
--   psql --no-psqlrc --quiet --tuples-only --no-align --file tests/corpus/rows.sql URL > tests/corpus/rows.jsonl
\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
SET datestyle = 'ISO';
SET timezone = 'UTC';
SET intervalstyle = 'iso_8601';
SET extra_float_digits = 1;
SET bytea_output = 'hex';
SET lc_monetary = 'C';
SET xmloption = 'content';

-- The send form and the canonical text of each logical type, and how a value is mixed into the hash so far, h, as
-- docs/digest.md has them. In place of a null stands the type's empty value.
CREATE TEMP TABLE forms (type text PRIMARY KEY, send text, canonical text, empty text, mix text);
INSERT INTO forms VALUES
  ('bool', 'boolsend(col)', 'col', 'false', 'hashint4extended(col::int4, h)'),
  ('int16', 'int2send(col)', 'col', '0', 'hashint2extended(col, h)'),
  ('int32', 'int4send(col)', 'col', '0', 'hashint4extended(col, h)'),
  ('int64', 'int8send(col)', 'col', '0', 'hashint8extended(col, hashint4extended((col >> 32)::int4, h))'),
  ('float32', 'float4send(col)',
    $$CASE WHEN col = 'NaN' THEN 'nan' ELSE encode(float4send(col + '0'::float4), 'hex') END$$, NULL, NULL),
  ('float64', 'float8send(col)',
    $$CASE WHEN col = 'NaN' THEN 'nan' ELSE encode(float8send(col + '0'::float8), 'hex') END$$, NULL, NULL),
  ('decimal', 'numeric_send(col)', 'trim_scale(col)', NULL, NULL),
  ('text', 'textsend(col::text)', 'col::text', NULL, NULL),
  ('bytes', 'byteasend(col)', $$encode(col, 'hex')$$, NULL, NULL),
  ('date', 'date_send(col)', $$encode(date_send(col), 'hex')$$, NULL, NULL),
  ('time', 'time_send(col)', $$encode(time_send(col), 'hex')$$, NULL, NULL),
  ('timestamp', 'timestamp_send(col)', $$encode(timestamp_send(col), 'hex')$$, NULL, NULL),
  ('timestamptz', 'timestamptz_send(col)', $$encode(timestamptz_send(col), 'hex')$$, NULL, NULL),
  ('interval', 'interval_send(col)', $$encode(interval_send(col), 'hex')$$, NULL, NULL),
  ('uuid', 'uuid_send(col)', 'col', '00000000-0000-0000-0000-000000000000', 'uuid_hash_extended(col, h)'),
  ('json', 'textsend(col::text)', 'col::text', NULL, NULL),
  ('raw', 'textsend(col::text)', 'col::text', NULL, NULL);

CREATE TEMP TABLE corpus (id int GENERATED ALWAYS AS IDENTITY, about text, fields text[][]);

-- One value to a row: logical type, SQL type, values.
CREATE TEMP TABLE singles (id int GENERATED ALWAYS AS IDENTITY, type text, sql text, list text[]);
INSERT INTO singles (type, sql, list) VALUES
  ('bool', 'boolean', '{true,false,NULL}'),
  ('int16', 'smallint', '{0,1,-1,32767,-32768,NULL}'),
  ('int32', 'integer', '{0,7,-7,10,99,100,2147483647,-2147483648,NULL}'),
  ('int64', 'bigint', '{0,1,-1,4294967296,9223372036854775807,-9223372036854775808,NULL}'),
  ('float32', 'real', '{0,-0,1,-1,0.1,3.4028235e38,-3.4028235e38,1.1754944e-38,1e-45,16777216,NaN,Infinity,-Infinity,NULL}'),
  ('float64', 'double precision', '{0,-0,1,-1,0.1,0.30000000000000004,1e15,1e16,1e22,1e23,1.7976931348623157e308,'
    '2.2250738585072014e-308,5e-324,-5e-324,9007199254740993,NaN,Infinity,-Infinity,NULL}'),
  ('decimal', 'numeric', '{0,0.00,-0.00,1,-1,1.0,1.00,0.1,-0.1,0.0001,0.00001,1e-20,-1e-20,1e20,1e-4,10000,9999,99999999.9999,'
    '100000000,12345678901234567890.12,0.000100020003,1000000000000.0000000000001,123.456e-7,123.456e7,-12.50,'
    'NaN,Infinity,-Infinity,NULL}'),
  ('decimal', 'numeric(12,2)', '{0.00,1.50,-9999999999.99,9999999999.99}'),
  ('bytes', 'bytea', ARRAY['\x', '\x00', '\x00ff5c22', '\xdeadbeef', NULL]),
  ('date', 'date', ARRAY['2000-01-01', '1999-12-31', '1970-01-01', '2024-02-29', '1900-02-28', '9999-12-31', '10000-01-01',
    '5874897-12-31', '0001-01-01', '0001-12-31 BC', '0005-02-29 BC', '4714-11-24 BC', 'infinity', '-infinity', NULL]),
  ('time', 'time', ARRAY['00:00:00', '12:34:56', '12:34:56.789', '12:34:56.000001', '23:59:59.999999', '24:00:00', NULL]),
  ('timestamp', 'timestamp', ARRAY['2000-01-01 00:00:00', '1999-12-31 23:59:59.999999', '2026-03-29 02:30:00',
    '0001-12-31 23:59:59 BC', '4714-11-24 00:00:00 BC', '294276-12-31 23:59:59.999999', '2023-12-31 24:00:00',
    'infinity', '-infinity', NULL]),
  ('timestamptz', 'timestamptz', ARRAY['2000-01-01 00:00:00+00', '2026-03-29 02:30:00+02', '2026-03-29 02:30:00-03:30',
    '2000-01-01 00:00:00.000001+05:45', '0001-01-01 00:00:00+14 BC', '4714-11-24 00:00:00+00 BC',
    '294276-12-31 23:59:59.999999+00', 'infinity', '-infinity', NULL]),
  ('interval', 'interval', ARRAY['PT0S', 'P1M', 'P30D', 'PT720H', 'P1Y2M3DT4H5M6.789S', 'P-1Y-2M3DT-4H-5M-6.789S',
    'PT-0.000001S', 'P2147483647M', 'P-2147483648M', 'P2147483647D', 'PT2562047788H54.775807S',
    'PT-2562047788H-54.775808S', NULL]),
  ('uuid', 'uuid', '{00000000-0000-0000-0000-000000000000,ffffffff-ffff-ffff-ffff-ffffffffffff,'
    '0198c2d4-7f3a-7c11-a0b1-9d5f0e6a7b8c,NULL}'),
  ('text', 'text', ARRAY['', ' ', 'a', 'abcdefghijk', 'abcdefghijkl', 'abcdefghijklm', 'two words', ' padded ', 'comma,comma',
    '"', '""', 'say "hi"', '\', '\\', '\"', 'C:\new', '(', ')', '(1,2)', E'\t', E'\n', E'\r\n', E'\v', E'\f', E'\x01', E'\x7f',
    E'line\nbreak', 'NULL', 'null', 'f', '007', '1.0', 'é', 'e' || U&'\0301', U&'\00A0', U&'\0085', U&'\2003', U&'\3000',
    U&'\FEFF', U&'\200B', 'ß', 'İ', '日本語', '👩‍🚀', U&'\+10FFFD', '''', ';--', '{}', '[]', '<&>', repeat('x', 1000),
    repeat('"\', 50), NULL]),
  ('text', 'varchar(10)', '{abc,""}'),
  ('text', 'char(5)', ARRAY['ab', '', 'abcde', ' a']),
  ('text', 'name', '{abc}'),
  ('json', 'json', ARRAY['{"b":1,  "a":[1.0,null]}', '{"a":1,"a":2}', '"text"', '1e2', 'null', NULL]),
  ('json', 'jsonb', ARRAY['{"b":1,  "a":[1.0,null]}', '{"a":1,"a":2}', '"text"', '1e2', 'null', NULL]),
  ('raw', 'integer[]', '{"{}","{1,NULL,3}","{{1,2},{3,4}}"}'),
  ('raw', 'text[]', ARRAY['{a,"b c","d\"e",NULL,"NULL",""}']),
  ('raw', 'timestamptz[]', ARRAY['{2026-01-01 00:00:00+02}']),
  ('raw', 'inet', '{192.168.0.1/24,::1}'),
  ('raw', 'macaddr', '{08:00:2b:01:02:03}'),
  ('raw', 'money', ARRAY['12.34', '-1234567.89']),
  ('raw', 'time with time zone', ARRAY['12:00:00+02']),
  ('raw', 'int4range', ARRAY['[1,5)', 'empty', '(,]']),
  ('raw', 'tsvector', ARRAY['a:1 ''b c'':2']),
  ('raw', 'bit(3)', '{101}'),
  ('raw', 'point', ARRAY['(1.5,-2)']),
  ('raw', 'xml', ARRAY['<a b="1">t</a>']),
  ('raw', 'interval[]', ARRAY['{1 month 2 days}']);
INSERT INTO corpus (about, fields)
  SELECT sql, ARRAY[ARRAY[type, sql, value]]
  FROM singles, unnest(list) WITH ORDINALITY AS entry(value, place) ORDER BY id, place;

-- Whole rows: what must not run together or be confused.
INSERT INTO corpus (about, fields) VALUES
  ('a seller', ARRAY[['text','text','AA12679'], ['text','text','Olsen & Sønner'], ['date','date','2026-02-28'],
    ['decimal','numeric(12,2)','1250000.00'], ['bool','boolean','true']]),
  ('an account of pgbench', ARRAY[['int32','integer','1'], ['int32','integer','1'], ['int32','integer','0'],
    ['text','char(84)','']]),
  ('fields that would run together without a comma', ARRAY[['text','text','ab'], ['text','text','c']]),
  ('the same letters divided otherwise', ARRAY[['text','text','a'], ['text','text','bc']]),
  ('a comma inside a field', ARRAY[['text','text','a,b']]),
  ('a comma between fields', ARRAY[['text','text','a'], ['text','text','b']]),
  ('null and empty', ARRAY[['text','text',NULL], ['text','text','']]),
  ('empty and null', ARRAY[['text','text',''], ['text','text',NULL]]),
  ('three nulls', ARRAY[['int32','integer',NULL], ['text','text',NULL], ['bytes','bytea',NULL]]),
  ('quotes at the border of two fields', ARRAY[['text','text','a"'], ['text','text','"b']]),
  ('one field that looks like that row', ARRAY[['text','text','"a"","""b"']]),
  ('thirty-three columns, null in the first', (SELECT array_agg(ARRAY['int32', 'integer', CASE WHEN i > 1 THEN '0' END])
    FROM generate_series(1, 33) AS i)),
  ('thirty-three columns, null in the last but one', (SELECT array_agg(ARRAY['int32', 'integer',
    CASE WHEN i <> 32 THEN '0' END]) FROM generate_series(1, 33) AS i)),
  ('zeros where that row has nulls', (SELECT array_agg(ARRAY['int32', 'integer', '0']) FROM generate_series(1, 33) AS i)),
  ('nulls of the types that are hashed as they are', ARRAY[['bool','boolean',NULL], ['int16','smallint',NULL],
    ['int64','bigint',NULL], ['uuid','uuid',NULL]]),
  ('what stands in for those nulls', ARRAY[['bool','boolean','false'], ['int16','smallint','0'], ['int64','bigint','0'],
    ['uuid','uuid','00000000-0000-0000-0000-000000000000']]),
  ('a value in one row', ARRAY[['int32','integer','1'], ['text','text','x'], ['text','text','y']]),
  ('the same values swapped', ARRAY[['int32','integer','1'], ['text','text','y'], ['text','text','x']]),
  ('one as 64-bit', ARRAY[['int64','bigint','1'], ['int64','bigint','4294967296']]),
  ('the low and high words exchanged', ARRAY[['int64','bigint','4294967296'], ['int64','bigint','1']]),
  ('one of every type', ARRAY[['bool','boolean','false'], ['int16','smallint','-5'], ['int32','integer','70000'],
    ['int64','bigint','-5000000000'], ['float32','real','-0'], ['float64','double precision','2.5'],
    ['decimal','numeric','1.20'], ['text','text','Zoë, "the one"'], ['bytes','bytea','\x0102'], ['date','date','2026-01-31'],
    ['time','time','08:15:00'], ['timestamp','timestamp','2026-01-31 08:15:00'],
    ['timestamptz','timestamptz','2026-01-31 08:15:00+01'], ['interval','interval','P1DT2H'],
    ['uuid','uuid','0198c2d4-7f3a-7c11-a0b1-9d5f0e6a7b8c'], ['json','json','{"k": "v w"}'], ['json','jsonb','{"k":"v w"}'],
    ['raw','integer[]','{1,2}']]);

-- The hash of a row. Where it has a null, the places of all nulls are mixed in first, 31 columns at a time.
CREATE FUNCTION pg_temp.hash(fields text[][], seed bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  h bigint := seed; n int := array_length(fields, 1); i int; bits int := 0; form record;
BEGIN
  IF EXISTS (SELECT FROM generate_series(1, n) AS c WHERE fields[c][3] IS NULL) THEN
    FOR i IN 1 .. n LOOP
      bits := bits | CASE WHEN fields[i][3] IS NULL THEN 1 << ((i - 1) % 31) ELSE 0 END;
      IF i % 31 = 0 OR i = n THEN
        h := hashint4extended(bits, h);
        bits := 0;
      END IF;
    END LOOP;
  END IF;
  FOR i IN 1 .. n LOOP
    SELECT * INTO STRICT form FROM forms f WHERE f.type = fields[i][1];
    IF form.mix IS NULL AND fields[i][3] IS NULL THEN
      h := hashtextextended('' COLLATE "C", h);
    ELSE
      EXECUTE format('SELECT %s FROM (SELECT CAST(%L AS %s) AS col, $1 AS h) AS t',
        coalesce(form.mix, format('hashtextextended((%s)::text COLLATE "C", h)', form.canonical)),
        coalesce(fields[i][3], form.empty), fields[i][2]) INTO STRICT h USING h;
    END IF;
  END LOOP;
  RETURN h;
END $$;

-- One line of JSON to a row. Hashes are texts, because many JSON readers round numbers of 64 bits.
CREATE FUNCTION pg_temp.line(about text, fields text[][]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  field text[]; form record; send text; canonical text; columns text[] := '{}'; hashes text[] := '{}'; seed bigint;
BEGIN
  FOREACH field SLICE 1 IN ARRAY fields LOOP
    SELECT f.send, f.canonical INTO STRICT form FROM forms f WHERE f.type = field[1];
    EXECUTE format('SELECT encode(%s, ''hex''), (%s)::text FROM (SELECT CAST(%L AS %s) AS col) AS t',
      form.send, form.canonical, field[3], field[2]) INTO send, canonical;
    -- The text of a lone boolean is 'true', that of one in a row 't', which is its canonical text.
    canonical := CASE WHEN field[1] = 'bool' THEN left(canonical, 1) ELSE canonical END;
    columns := columns || format('{"type":%s,"sql":%s,"value":%s,"send":%s,"canonical":%s}', to_json(field[1]),
      to_json(field[2]), coalesce(to_json(field[3])::text, 'null'), coalesce(to_json(send)::text, 'null'),
      coalesce(to_json(canonical)::text, 'null'));
  END LOOP;
  FOREACH seed IN ARRAY ARRAY[0, -1234567890123456789]::bigint[] LOOP
    hashes := hashes || format('"%s":"%s"', seed, pg_temp.hash(fields, seed));
  END LOOP;
  RETURN format('{"about":%s,"columns":[%s],"hashes":{%s}}', to_json(about), array_to_string(columns, ','),
    array_to_string(hashes, ','));
END $$;
SELECT pg_temp.line(about, fields) FROM corpus ORDER BY id;
