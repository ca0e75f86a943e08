-- In how many orders two products met. The release before this one neither needs nor notices it.
CREATE TABLE bought_together (
  product_id integer NOT NULL REFERENCES products,
  other_id   integer NOT NULL REFERENCES products,
  orders     integer NOT NULL CHECK (orders > 0),
  PRIMARY KEY (product_id, other_id)
);

INSERT INTO bought_together (product_id, other_id, orders)
SELECT one.product_id, other.product_id, count(*)
FROM order_lines one
JOIN order_lines other ON other.order_id = one.order_id AND other.product_id <> one.product_id
GROUP BY one.product_id, other.product_id;
