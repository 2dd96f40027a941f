-- "A cell whose numbers are all zero has no row."
delete from unit_increments
where n = 0 and events = 0 and sum = 0 and sum_squares = 0 and den_sum = 0 and den_sum_squares = 0 and cross_sum = 0
  and x_sum = 0 and x_sum_squares = 0 and xy_sum = 0 and z_sum = 0 and z_sum_squares = 0 and yz_sum = 0 and dx_sum = 0
  and dz_sum = 0 and xz_sum = 0 and uncapped_sum = 0 and uncapped_sum_squares = 0;

delete from cluster_increments
where events = 0 and sum = 0 and sum_squares = 0 and den_events = 0 and den_sum = 0;

delete from histogram_increments where count = 0;

delete from life_increments where n = 0;

delete from stock_increments where n = 0 and pieces = 0;
