CREATE ROLE shop LOGIN PASSWORD 'shop';
CREATE ROLE exporter LOGIN PASSWORD 'exporter' IN ROLE pg_monitor;
CREATE DATABASE shop OWNER shop;
\connect shop
CREATE TABLE items (id integer PRIMARY KEY, name text NOT NULL, price numeric NOT NULL, stock integer NOT NULL);
INSERT INTO items SELECT n, 'item ' || n, (n % 97) + 0.99, n % 13 FROM generate_series(1, 5000) n;
ALTER TABLE items OWNER TO shop;
ANALYZE items;
