# syntax=docker/dockerfile:1.7
# One image for API and workers; the command says which. It runs as a user without rights.
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY scripts ./scripts
COPY src ./src
COPY web ./web
RUN node scripts/build.mjs && npm prune --omit=dev --ignore-scripts

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production \
    GONGKAI_DATA=/data \
    GONGKAI_LOG_LEVEL=info
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/web/dist ./web/dist
COPY samples ./samples
RUN useradd --system --uid 10001 --no-create-home gongkai && mkdir /data && chown gongkai /data
USER gongkai
VOLUME /data
EXPOSE 8080 9464
# The flag as in bin/gongkai.
ENTRYPOINT ["node", "--single-threaded-gc", "/app/dist/cli/main.js"]
CMD ["worker", "--port", "9464", "--host", "0.0.0.0"]
