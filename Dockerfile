# The service: Node 26 runs the sources as they are, so there is nothing to build.
FROM node:26-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

# The shop of the demo, for deploy/compose.yaml: it needs the packages of development.
FROM node:26-slim AS shop
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --include=dev --omit=optional --ignore-scripts --no-audit --no-fund
COPY deploy/demo deploy/demo
USER node
ENTRYPOINT ["node", "deploy/demo/shop.ts"]

FROM node:26-slim AS service
LABEL org.opencontainers.image.title="plimsoll" \
      org.opencontainers.image.description="Says which resource of a service saturates first, at what load, and how much headroom is left." \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE CHANGELOG.md ./
COPY config config
COPY dashboards dashboards
COPY deploy/alerts deploy/alerts
COPY src src
RUN mkdir -p /var/lib/plimsoll && chown 65532:65532 /var/lib/plimsoll
VOLUME /var/lib/plimsoll
USER 65532:65532
EXPOSE 9464
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/-/healthy').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "src/main.ts"]
CMD ["serve", "--config", "/etc/plimsoll/plimsoll.yaml"]
