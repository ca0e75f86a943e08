// Makes a vulnerability database of two invented entries for scans in tests, since the real one is
// not a package that a build machine can fetch: trivy-db FOLDER [MADE-AT].
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/aquasecurity/trivy-db/pkg/db"
	"github.com/aquasecurity/trivy-db/pkg/metadata"
	"github.com/aquasecurity/trivy-db/pkg/types"
	bolt "go.etcd.io/bbolt"
)

const source = "npm::GitHub Security Advisory npm"

var severities = map[string]types.Severity{"CVE-2030-1": types.SeverityHigh, "CVE-2030-2": types.SeverityLow}

func write(folder string, made time.Time) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := db.Init(folder); err != nil {
		return err
	}
	defer db.Close()
	store := db.Config{}
	err := store.BatchUpdate(func(tx *bolt.Tx) error {
		if err := store.PutDataSource(tx, source, types.DataSource{ID: "ghsa", Name: "GitHub Security Advisory npm"}); err != nil {
			return err
		}
		advisory := types.Advisory{VulnerableVersions: []string{"<4.17.21"}, PatchedVersions: []string{"4.17.21"}}
		for id, severity := range severities {
			if err := store.PutAdvisory(tx, []string{source, "lodash"}, id, advisory); err != nil {
				return err
			}
			if err := store.PutVulnerability(tx, id, types.Vulnerability{Title: "a title", Severity: severity.String()}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return metadata.NewClient(folder).Update(metadata.Metadata{
		Version:    db.SchemaVersion,
		UpdatedAt:  made,
		NextUpdate: time.Now().UTC().AddDate(10, 0, 0),
	})
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: trivy-db FOLDER [MADE-AT]")
		os.Exit(2)
	}
	made := time.Now().UTC()
	if len(os.Args) > 2 {
		var err error
		if made, err = time.Parse(time.RFC3339, os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, "trivy-db: no time:", os.Args[2])
			os.Exit(2)
		}
	}
	if err := write(filepath.Join(os.Args[1], "db"), made); err != nil {
		fmt.Fprintln(os.Stderr, "trivy-db:", err)
		os.Exit(1)
	}
}
