{{ exceptions.warn_snapshot_timestamp_data_types('date', 'timestamp') if execute }}select 1 as id
