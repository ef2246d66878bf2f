/** Addresses that the configuration of a stack names; all else in it is the same for every stack. */
export interface Addresses {
  readonly prometheus: string;
  readonly shop: string;
}

const pooler = `  - name: bouncer
    workload: { namespace: shop, deployment: pgbouncer, container: pgbouncer }
    signals:
      - { pack: pgbouncer, select: { job: pgbouncer }, part: { database: shop } }
      - { pack: kubernetes-container }
    on: nodes
    calls: [db]
`;

/**
 * The configuration that every round of the demo and every shuffle is judged with.
 *
 * @param direct whether the API asks PostgreSQL itself, without the pooler in between
 */
export const configurationOf = ({ prometheus, shop }: Addresses, direct = false): string => `apiVersion: plimsoll.dev/v1
prometheus:
  - { name: main, url: ${prometheus} }
limits: { rate: 2000/s, in_flight: 2000, requests: 500000, duration: 15m }
components:
  - name: nodes
    signals: [ { pack: node, select: { job: node } } ]
  - name: db
    workload: { namespace: shop, deployment: postgres, container: postgres }
    signals:
      - { pack: postgres, select: { job: postgres }, part: { datname: shop } }
      - { pack: kubernetes-container }
    on: nodes
${direct ? '' : pooler}  - name: api
    workload: { namespace: shop, deployment: api, container: api }
    signals:
      - { pack: kubernetes-container }
      - { pack: nodejs, select: { job: shop } }
      - { pack: otel-db-pool, select: { job: shop } }
    on: nodes
    calls: [${direct ? 'db' : 'bouncer'}]
targets:
${target('shop', '{ kind: staircase, from: 60/s, to: 1030/s, factor: 1.5, settle: 3s, measure: 8s }', shop)}
${target('shop-proof', '{ kind: staircase, rates: [90/s, 150/s, 220/s, 300/s], settle: 3s, measure: 8s }', shop)}
${members(shop)}
`;

/** The same shop under two plans: the whole staircase, and the few steps of a short proof. */
const target = (name: string, plan: string, shop: string): string => `  - name: ${name}
    expect: 120/s
    traffic: { pack: http-otel, select: { job: shop }, except: { http_route: [/healthz, /metrics] } }
    components: [api]
    load:
      url: ${shop}
      plan: ${plan}
      requests:
        - { name: browse, path: "/items/{{random 1 5000}}" }`;

/** Members who log in, look at what they bought, and buy: twelve steps of 50 s, which are ten minutes. Two of the three requests of a visit hold a connection. */
const members = (shop: string): string => `  - name: shop-members
    expect: 150/s
    objectives: { p99: 500ms, errors: 1% }
    traffic: { pack: http-otel, select: { job: shop }, except: { http_route: [/healthz, /metrics, /login] } }
    components: [api]
    load:
      url: ${shop}
      plan: { kind: staircase, rates: [30/s, 40/s, 50/s, 65/s, 80/s, 100/s, 125/s, 155/s, 190/s, 230/s, 280/s, 340/s], settle: 10s, measure: 40s }
      writes: true
      data: { row: { file: items.csv, order: random }, user: { file: members.csv, order: unique } }
      sessions:
        size: 40
        headers: { authorization: "Bearer {{session.token}}" }
        login:
          - name: login
            method: POST
            path: /login
            json: { user: "{{user.user}}", password: "{{user.password}}" }
            extract: { token: { json: /token } }
            checks: { status: 201 }
      trace_every: 100
      requests:
        - name: visit
          steps:
            - { name: account, path: /account, checks: { has: /user } }
            - { name: view, path: "/items/{{row.item}}", think: 100ms..300ms, extract: { price: { json: /price } }, checks: { has: /usual } }
            - name: buy
              method: POST
              path: /orders
              think: 100ms..300ms
              json: { item: "{{number row.item}}", count: "{{number row.count}}" }
              checks: { status: 201, has: /total, within: 2s }`;
