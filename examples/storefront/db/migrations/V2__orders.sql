CREATE TABLE orders (
  -- Random, because whoever has the number may see the order.
  id              uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
  idempotency_key text        NOT NULL UNIQUE,
  -- Tells a repeated request from another one that reuses its key.
  request_digest  text        NOT NULL,
  customer_name   text        NOT NULL,
  customer_email  text        NOT NULL,
  address         text        NOT NULL,
  shipping_cents  integer     NOT NULL CHECK (shipping_cents >= 0),
  placed_at       timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE order_lines (
  order_id       uuid    NOT NULL REFERENCES orders ON DELETE CASCADE,
  product_id     integer NOT NULL REFERENCES products,
  quantity       integer NOT NULL CHECK (quantity > 0),
  -- What the customer paid, whatever the product costs today.
  unit_cents     integer NOT NULL CHECK (unit_cents > 0),
  discount_cents integer NOT NULL CHECK (discount_cents >= 0),
  PRIMARY KEY (order_id, product_id)
);
