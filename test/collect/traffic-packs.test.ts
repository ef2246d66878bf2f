import { expect, test } from 'vitest';
import { readTraffic } from '../../src/collect/read-traffic.ts';
import { builtInPacks } from '../../src/config/load-configuration.ts';
import { readPack } from '../../src/config/read-pack.ts';
import type { SampleSeries } from '../../src/model/signal.ts';
import { epoch } from '../../src/model/units.ts';
import { seriesFrom } from '../support/exposition.ts';
import { memorySource } from '../support/memory-source.ts';

const packs = await builtInPacks();
const span = { from: epoch(10_000), to: epoch(10_600) };

/** Increase per second of all series together, to three digits. */
function rateOf(series: readonly SampleSeries[]): number {
  const grown = series.reduce((sum, { values }) => sum + (values.at(-1) ?? 0) - (values[0] ?? 0), 0);
  return Number((grown / (span.to - span.from)).toPrecision(3));
}

/**
 * Each dialect tells 40 answers a second, 1 of them an error, of 50 ms each on average, 30 of them within 100 ms; what it cannot tell stands as undefined.
 * Names and labels after each exporter's own documentation; `http_route` and the like as its users see them.
 */
const dialects: readonly {
  readonly pack: string;
  readonly dialect: string;
  readonly series: string;
  readonly errors?: number;
  readonly seconds?: number;
  readonly within?: number;
}[] = [
  {
    pack: 'http-prometheus',
    dialect: 'express-prom-bundle and fastify-metrics: status_code',
    series: `http_request_duration_seconds_count{method="GET",path="/items",status_code="200",job="shop",instance="a"} 0 +39
http_request_duration_seconds_count{method="GET",path="/items",status_code="500",job="shop",instance="a"} 0 +1
http_request_duration_seconds_sum{method="GET",path="/items",status_code="200",job="shop",instance="a"} 0 +2
http_request_duration_seconds_bucket{le="0.1",method="GET",path="/items",status_code="200",job="shop",instance="a"} 0 +30
http_request_duration_seconds_bucket{le="+Inf",method="GET",path="/items",status_code="200",job="shop",instance="a"} 0 +40`,
    errors: 1,
    seconds: 2,
    within: 30,
  },
  {
    pack: 'http-prometheus',
    dialect: 'promhttp: code',
    series: `http_request_duration_seconds_count{code="200",handler="items",method="get",job="shop",instance="a"} 0 +39
http_request_duration_seconds_count{code="503",handler="items",method="get",job="shop",instance="a"} 0 +1
http_request_duration_seconds_sum{code="200",handler="items",method="get",job="shop",instance="a"} 0 +2`,
    errors: 1,
    seconds: 2,
  },
  {
    pack: 'http-prometheus',
    dialect: 'prometheus_fastapi_instrumentator: the status only on the counter, in classes',
    series: `http_request_duration_seconds_count{handler="/items",method="GET",job="shop",instance="a"} 0 +40
http_request_duration_seconds_sum{handler="/items",method="GET",job="shop",instance="a"} 0 +2
http_requests_total{handler="/items",method="GET",status="2xx",job="shop",instance="a"} 0 +39
http_requests_total{handler="/items",method="GET",status="5xx",job="shop",instance="a"} 0 +1`,
    errors: 1,
    seconds: 2,
  },
  {
    pack: 'http-prometheus',
    dialect: 'prometheus_flask_exporter',
    series: `flask_http_request_duration_seconds_count{method="GET",path="/items",status="200",job="shop",instance="a"} 0 +39
flask_http_request_duration_seconds_count{method="GET",path="/items",status="500",job="shop",instance="a"} 0 +1
flask_http_request_duration_seconds_sum{method="GET",path="/items",status="200",job="shop",instance="a"} 0 +2`,
    errors: 1,
    seconds: 2,
  },
  {
    pack: 'http-micrometer',
    dialect: 'Spring Boot without histograms',
    series: `http_server_requests_seconds_count{error="none",exception="none",method="GET",outcome="SUCCESS",status="200",uri="/items/{id}",job="shop",instance="a"} 0 +39
http_server_requests_seconds_count{error="Boom",exception="Boom",method="GET",outcome="SERVER_ERROR",status="500",uri="/items/{id}",job="shop",instance="a"} 0 +1
http_server_requests_seconds_sum{error="none",exception="none",method="GET",outcome="SUCCESS",status="200",uri="/items/{id}",job="shop",instance="a"} 0 +2
http_server_requests_seconds_max{error="none",exception="none",method="GET",outcome="SUCCESS",status="200",uri="/items/{id}",job="shop",instance="a"} 0.3`,
    errors: 1,
    seconds: 2,
  },
  {
    pack: 'ingress-nginx',
    dialect: 'ingress-nginx',
    series: `nginx_ingress_controller_requests{canary="",host="shop.example",ingress="shop",method="GET",namespace="shop",path="/",service="shop",status="200"} 0 +39
nginx_ingress_controller_requests{canary="",host="shop.example",ingress="shop",method="GET",namespace="shop",path="/",service="shop",status="502"} 0 +1
nginx_ingress_controller_request_duration_seconds_sum{host="shop.example",ingress="shop",method="GET",namespace="shop",path="/",service="shop",status="200"} 0 +2
nginx_ingress_controller_request_duration_seconds_bucket{le="0.1",host="shop.example",ingress="shop",method="GET",namespace="shop",path="/",service="shop",status="200"} 0 +30`,
    errors: 1,
    seconds: 2,
    within: 30,
  },
  {
    pack: 'traefik',
    dialect: 'Traefik 3 by service',
    series: `traefik_service_requests_total{code="200",method="GET",protocol="http",service="shop@kubernetes",job="traefik",instance="t"} 0 +39
traefik_service_requests_total{code="500",method="GET",protocol="http",service="shop@kubernetes",job="traefik",instance="t"} 0 +1
traefik_service_request_duration_seconds_sum{code="200",method="GET",protocol="http",service="shop@kubernetes",job="traefik",instance="t"} 0 +2
traefik_service_request_duration_seconds_bucket{le="0.1",code="200",method="GET",protocol="http",service="shop@kubernetes",job="traefik",instance="t"} 0 +30
traefik_entrypoint_requests_total{code="200",entrypoint="web",method="GET",protocol="http",job="traefik",instance="t"} 0 +500`,
    errors: 1,
    seconds: 2,
    within: 30,
  },
  {
    pack: 'istio',
    dialect: 'Istio: both ends report, only the destination counts, in milliseconds',
    series: `istio_requests_total{reporter="destination",destination_workload="shop",response_code="200",response_flags="-"} 0 +39
istio_requests_total{reporter="destination",destination_workload="shop",response_code="0",response_flags="DC"} 0 +1
istio_requests_total{reporter="source",destination_workload="shop",response_code="200",response_flags="-"} 0 +39
istio_request_duration_milliseconds_sum{reporter="destination",destination_workload="shop",response_code="200"} 0 +2000
istio_request_duration_milliseconds_sum{reporter="source",destination_workload="shop",response_code="200"} 0 +2500
istio_request_duration_milliseconds_bucket{le="100",reporter="destination",destination_workload="shop",response_code="200"} 0 +30`,
    errors: 1,
    seconds: 2,
    within: 30,
  },
  {
    pack: 'envoy',
    dialect: 'Envoy: what its listeners answered, in milliseconds',
    series: `envoy_http_downstream_rq_completed{envoy_http_conn_manager_prefix="ingress_http"} 0 +40
envoy_http_downstream_rq_xx{envoy_http_conn_manager_prefix="ingress_http",envoy_response_code_class="2"} 0 +39
envoy_http_downstream_rq_xx{envoy_http_conn_manager_prefix="ingress_http",envoy_response_code_class="5"} 0 +1
envoy_http_downstream_rq_time_sum{envoy_http_conn_manager_prefix="ingress_http"} 0 +2000
envoy_http_downstream_rq_time_bucket{le="100",envoy_http_conn_manager_prefix="ingress_http"} 0 +30
envoy_cluster_upstream_rq_completed{envoy_cluster_name="shop"} 0 +41`,
    errors: 1,
    seconds: 2,
    within: 30,
  },
  {
    pack: 'haproxy',
    dialect: 'HAProxy, which has no histogram',
    series: `haproxy_frontend_http_requests_total{proxy="web"} 0 +40
haproxy_frontend_http_responses_total{proxy="web",code="2xx"} 0 +39
haproxy_frontend_http_responses_total{proxy="web",code="5xx"} 0 +1`,
    errors: 1,
  },
  {
    pack: 'k6',
    dialect: 'k6 with K6_PROMETHEUS_RW_TREND_STATS=sum',
    series: `k6_http_reqs_total{expected_response="true",method="GET",name="items",scenario="browse",status="200"} 0 +39
k6_http_reqs_total{expected_response="false",method="GET",name="items",scenario="browse",status="0"} 0 +1
k6_http_req_duration_sum{expected_response="true",method="GET",name="items",scenario="browse",status="200"} 0 +2
k6_http_req_duration_p99{expected_response="true",method="GET",name="items",scenario="browse",status="200"} 0.3`,
    errors: 1,
    seconds: 2,
  },
  {
    pack: 'gunicorn',
    dialect: 'gunicorn through statsd_exporter, whose errors are named by their status',
    series: `gunicorn_requests{job="shop"} 0 +40
gunicorn_request_duration_count{job="shop"} 0 +40
gunicorn_request_duration_sum{job="shop"} 0 +2
gunicorn_request_status_200{job="shop"} 0 +39
gunicorn_request_status_500{job="shop"} 0 +1`,
    errors: 1,
    seconds: 2,
  },
  {
    pack: 'apache',
    dialect: 'mod_status through apache_exporter, which tells no errors',
    series: `apache_accesses_total{job="apache",instance="a"} 0 +40
apache_duration_ms_total{job="apache",instance="a"} 0 +2000
apache_sent_kilobytes_total{job="apache",instance="a"} 0 +400`,
    seconds: 2,
  },
  {
    pack: 'nginx',
    dialect: 'stub_status through nginx-prometheus-exporter: requests alone',
    series: `nginx_http_requests_total{job="nginx",instance="a"} 0 +40
nginx_connections_accepted{job="nginx",instance="a"} 0 +6
nginx_connections_handled{job="nginx",instance="a"} 0 +5`,
  },
  {
    pack: 'varnish',
    dialect: 'varnishstat through prometheus_varnish_exporter, which tells requests alone',
    series: `varnish_main_client_req{job="varnish",instance="a"} 0 +40
varnish_main_client_req_400{job="varnish",instance="a"} 0 +1`,
  },
];

test.each(dialects)('$pack: $dialect', async ({ pack: name, series, ...told }) => {
  const pack = packs.find((one) => one.pack === name);
  if (!pack) throw new Error(`there is no pack ${name}`);
  const source = memorySource('main', seriesFrom(series, span));
  const from = { pack: name, from: 'main', select: {}, except: {} };
  const { traffic } = await readTraffic(source, pack, from, span, new AbortController().signal);
  const rateIf = (list: readonly SampleSeries[] | undefined) => (list?.length ? rateOf(list) : undefined);
  expect(rateIf(traffic?.completions)).toBe(40);
  expect(rateIf(traffic?.errors)).toBe(told.errors);
  expect(rateIf(traffic?.durations)).toBe(told.seconds);
  const within = traffic?.buckets.filter(({ le }) => Math.abs(le - 0.1) < 1e-9).map((bucket) => bucket.series);
  expect(rateIf(within)).toBe(told.within);
});

test('a recording rule that tells a rate is counted up: 40 a second are 24,000 in ten minutes', async () => {
  const pack = readPack(
    'pack: rules\ntitle: Rules\nexporter: recording rules\ntraffic:\n  completions: [{ gauge: "job:requests:rate5m" }]\n',
    'rules.yaml',
  );
  const source = memorySource('main', seriesFrom('job:requests:rate5m{job="shop"} 40', span));
  const from = { pack: 'rules', from: 'main', select: {}, except: {} };
  const { traffic } = await readTraffic(source, pack, from, span, new AbortController().signal);
  expect(traffic && rateOf(traffic.completions)).toBe(40);
  expect(traffic?.completions[0]?.values.at(-1)).toBe(24_000);
});
